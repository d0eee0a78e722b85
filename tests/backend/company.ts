/** The organization that the stand-in keeps: plain records that a test may change between two requests. */

import { hash, random } from './random.ts';

export interface Team {
	id: string;
	name: string;
}

export interface Organization {
	uid: string;
	name: string;
	website: string;
	teams: Team[];
}

export type MemberStatus = 'accepted' | 'pending' | 'finished';

export interface Member {
	id: string;
	email: string | null;
	name: string | null;
	status: MemberStatus;
	teamId: string | null;
	teamName: string | null;
	modelId: string | null;
	modelStatus: ShootStatus | null;
	/** ISO time */
	joinedAt: string;
}

export type ShootStatus =
	'onboarding' | 'waiting' | 'pending' | 'generatingHeadshots' | 'active' | 'failed' | 'deleted';

/** One photo shoot of one member: the API calls it a model. */
export interface Shoot {
	id: string;
	uid: string;
	email: string | null;
	title: string | null;
	status: ShootStatus;
	teamId: string | null;
	teamName: string | null;
	isDevelopment: boolean;
	/** ISO times */
	createdAt: string;
	finishedAt: string | null;
	/** The photo that the member chose. */
	favoriteId: string | null;
	profilePicture: ProfilePicture | null;
	/** How many photos `Company.photosOf` makes up when it is first asked. */
	photoCount: number;
	/** Which of the rendered faces this member has. */
	face: number;
}

export type PictureFormat = 'jpeg' | 'png' | 'webp';

export interface ProfilePicture {
	/** Square: both sides, in pixels. */
	size: number;
	format: PictureFormat;
}

export type LikedStatus = 'none' | 'liked' | 'loved';

export interface Photo {
	id: string;
	status: string;
	likedStatus: LikedStatus;
	/** ISO time */
	createdAt: string;
	/** Clothes, backdrop and smile: see portrait.ts. */
	look: number;
}

export type InviteStatus =
	'pending' | 'accepted' | 'revoked' | 'uploading' | 'generating' | 'completed' | 'deleted';

export interface Invite {
	email: string;
	status: InviteStatus;
	modelId?: string;
	teamId: string | null;
	teamName: string | null;
	/** ISO time */
	createdAt: string;
}

export class Company {
	organization: Organization;
	members: Member[] = [];
	shoots: Shoot[] = [];
	invites: Invite[] = [];
	readonly #photos = new Map<string, Photo[]>();
	#index = new Map<string, Shoot>();
	#indexed = 0;

	constructor(organization: Organization) {
		this.organization = organization;
	}

	shoot(id: string): Shoot | undefined {
		// Tests add and remove shoots: the index is made anew when it can't be right.
		if (this.#indexed !== this.shoots.length || !this.#index.has(id)) {
			this.#index = new Map(this.shoots.map((shoot) => [shoot.id, shoot]));
			this.#indexed = this.shoots.length;
		}
		return this.#index.get(id);
	}

	/** The live list of a shoot's photos; empty unless its headshots are ready. */
	photosOf(shootId: string): Photo[] {
		const shoot = this.shoot(shootId);
		if (shoot?.status !== 'active') return [];
		const known = this.#photos.get(shootId) ?? takePhotos(shoot);
		this.#photos.set(shootId, known);
		return known;
	}

	favoriteOf(shootId: string): Photo | null {
		const chosen = this.shoot(shootId)?.favoriteId ?? null;
		if (chosen === null) return null;
		return this.photosOf(shootId).find((photo) => photo.id === chosen) ?? null;
	}

	/** The member chooses a photo by its place in the list, or none. */
	choose(shootId: string, photo: number | null): void {
		const shoot = this.shoot(shootId);
		if (shoot) shoot.favoriteId = photo === null ? null : (this.photosOf(shootId)[photo]?.id ?? null);
	}

	/** A retry, as the member sees it: the shoot starts again and its photos are gone. */
	retry(shootId: string): void {
		const shoot = this.shoot(shootId);
		if (!shoot) return;
		Object.assign(shoot, { status: 'onboarding', finishedAt: null, favoriteId: null, profilePicture: null });
		this.#photos.delete(shootId);
		for (const member of this.members) {
			if (member.modelId === shootId)
				Object.assign(member, { status: 'accepted', modelStatus: 'onboarding' });
		}
	}
}

/** Photo ids follow from the shoot's id, so that a favorite is known before its shoot's photos are made up. */
export function photoId(shootId: string, place: number): string {
	return shootId.slice(0, 8) + random(hash(shootId) + place).hex(16);
}

export const looks = 6;

function takePhotos(shoot: Shoot): Photo[] {
	const luck = random(shoot.id);
	return Array.from({ length: shoot.photoCount }, (_, place) => {
		const id = photoId(shoot.id, place);
		const mood = luck.next();
		const likedStatus: LikedStatus =
			id === shoot.favoriteId || mood > 0.9 ? 'loved' : mood > 0.65 ? 'liked' : 'none';
		const createdAt = shoot.finishedAt ?? shoot.createdAt;
		return { id, status: 'active', likedStatus, createdAt, look: place % looks };
	});
}
