/**
 * Who there is, in the words of the admin's page. Everything here has been checked at the door
 * (`backend/contract.ts`) and assembled (`members/assemble.ts`).
 */

import { pictureIdentity } from '$lib/photos/photo-url';

export interface Team {
	id: string;
	name: string;
}

/** A picture on the photo host. Its URL is signed and lives until `expiresAt` (ms since the epoch). */
export interface SignedUrl {
	url: string;
	expiresAt: number | null;
}

export type ProfilePicture =
	/** The backend rendered one, by the team's template. */
	| ({ kind: 'rendered' } & SignedUrl)
	/** The backend renders them, and this member has none. */
	| { kind: 'none' }
	/** The backend renders none: this client makes the crop out of the headshot. */
	| { kind: 'own-crop' };

/** The photo that the member chose. */
export interface Favorite {
	photoId: string;
	headshot: SignedUrl;
	/** A small picture of it for lists; the headshot itself where the backend has no thumbnail. */
	thumbnail: SignedUrl;
	profilePicture: ProfilePicture;
}

/** One finished photo shoot of one member; a member may have several. */
export interface FinishedShoot {
	/** The model's id. */
	id: string;
	/** Missing for a shoot whose member has left the team. */
	memberId: string | null;
	/** `null` when there is none, or only a placeholder that is no address. */
	email: string | null;
	name: string | null;
	title: string | null;
	team: Team | null;
	/** ms since the epoch */
	finishedAt: number | null;
	/** `null` while the member has chosen none. */
	favorite: Favorite | null;
	/** An admin's try-out (`isDevelopment`): out of lists and counts unless asked for. */
	isTest: boolean;
}

/** Somebody in the team whose headshots are not ready yet. */
export interface JoinedMember {
	/** The member's id. */
	id: string;
	email: string | null;
	name: string | null;
	title: string | null;
	team: Team | null;
	/** ms since the epoch */
	joinedAt: number | null;
	/** How far the photo shoot has come. */
	step: 'joined' | 'uploading' | 'generating' | 'failed' | 'gone';
}

/** Somebody who was invited and has not joined yet. */
export interface InvitedMember {
	email: string;
	team: Team | null;
	/** ms since the epoch */
	invitedAt: number | null;
}

/** A photo shoot that was deleted. */
export interface DeletedShoot {
	/** The model's id. */
	id: string;
	email: string | null;
	name: string | null;
	title: string | null;
	team: Team | null;
}

/** One member, whatever the status, and each one once: a row of the export. */
export interface Person {
	/** The same as `memberKey` of their shoots. */
	key: string;
	status: 'finished' | 'joined' | 'invited';
	email: string | null;
	name: string | null;
	title: string | null;
	team: Team | null;
	/** Of the latest finished shoot; ms since the epoch. */
	finishedAt: number | null;
	/** Their finished shoots, the latest first. */
	shootIds: string[];
}

/** Which profile picture a favorite has: the same text for the same picture, `null` when there is none. */
export function pictureKey({ profilePicture, photoId }: Favorite): string | null {
	switch (profilePicture.kind) {
		case 'rendered':
			return pictureIdentity(profilePicture.url);
		case 'own-crop':
			return `crop of ${photoId}`;
		case 'none':
			return null;
	}
}

/** Whose shoot it is: the same for all shoots of one member, as far as the backend tells. */
export function memberKey(shoot: Pick<FinishedShoot, 'id' | 'memberId' | 'email'>): string {
	return shoot.memberId ?? shoot.email?.toLowerCase() ?? shoot.id;
}

/** Whom to write on the screen: the name, else the e-mail, else the title, else the id. */
export function displayName(shoot: Pick<FinishedShoot, 'id' | 'name' | 'email' | 'title'>): string {
	return shoot.name ?? shoot.email ?? shoot.title ?? `member-${shoot.id}`;
}
