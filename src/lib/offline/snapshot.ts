import * as v from 'valibot';
import type { RosterData } from '$lib/members/load';
import type { Favorite, FinishedShoot, ProfilePicture } from '$lib/members/member';
import { pictureIdentity } from '$lib/photos/photo-url';
import type { SnapshotRecord } from '$lib/storage/schema';

/*
 * What is kept of an organization's members, and how it is read back. No address of a photo is kept: a signed one is a
 * key to the photo for whoever finds it. Only of a rendered profile picture its host and path, without the signature,
 * since they tell which picture was handed over.
 */

/** Another form of what is kept is another version: this one ignores it, and replaces it. */
export const SNAPSHOT_VERSION = 1;

/** Older ones are dropped, in ms. A clock that was set back must not keep one for ever. */
export const MAX_AGE_MS = 30 * 24 * 3600_000;

export interface Snapshot {
	data: RosterData;
	/** When it was read from the backend; ms since the epoch. */
	savedAt: number;
}

const text = v.nullable(v.string());
const time = v.nullable(v.number());
const team = v.nullable(v.object({ id: v.string(), name: v.string() }));

const person = { id: v.string(), email: text, name: text, title: text, team };

const picture = v.variant('kind', [
	v.object({ kind: v.literal('rendered'), identity: v.string() }),
	v.object({ kind: v.literal('none') }),
	v.object({ kind: v.literal('own-crop') }),
]);

const shoot = v.object({
	...person,
	memberId: text,
	finishedAt: time,
	favorite: v.nullable(v.object({ photoId: v.string(), picture })),
	isTest: v.boolean(),
});

const roster = v.object({
	organization: v.object({ uid: v.string(), name: v.string() }),
	teams: v.array(v.object({ id: v.string(), name: v.string() })),
	shoots: v.array(shoot),
	joined: v.array(
		v.object({
			...person,
			joinedAt: time,
			step: v.picklist(['joined', 'uploading', 'generating', 'failed', 'gone']),
		}),
	),
	invited: v.array(v.object({ email: v.string(), team, invitedAt: time })),
	deleted: v.array(v.object(person)),
});

const record = v.object({
	organization: v.string(),
	savedAt: v.number(),
	version: v.literal(SNAPSHOT_VERSION),
	roster,
});

type KeptRoster = v.InferOutput<typeof roster>;
type KeptPicture = v.InferOutput<typeof picture>;

/** Whether it is too old to be shown. `now` in ms since the epoch. */
export function isStale(savedAt: number, now: number): boolean {
	return Math.abs(now - savedAt) > MAX_AGE_MS;
}

/** What to keep of whom the backend has told. */
export function toRecord(data: RosterData, source: string, savedAt: number): SnapshotRecord {
	const { organization, teams, shoots, joined, invited, deleted } = data;
	const kept: KeptRoster = { organization, teams, shoots: shoots.map(keptShoot), joined, invited, deleted };
	return {
		apiBase: source,
		organization: organization.uid,
		savedAt,
		version: SNAPSHOT_VERSION,
		roster: kept,
	};
}

/** What was kept; `null` when it is damaged, too old, or of another version of the page. `now` in ms since the epoch. */
export function readRecord(value: unknown, now: number): Snapshot | null {
	const parsed = v.safeParse(record, value);
	if (!parsed.success) return null;
	const { savedAt, organization, roster: kept } = parsed.output;
	if (isStale(savedAt, now) || organization !== kept.organization.uid) return null;
	return { savedAt, data: { ...kept, shoots: kept.shoots.map(shownShoot), skipped: [], expected: null } };
}

function keptShoot({ favorite, ...rest }: FinishedShoot): KeptRoster['shoots'][number] {
	if (favorite === null) return { ...rest, favorite };
	return { ...rest, favorite: { photoId: favorite.photoId, picture: keptPicture(favorite.profilePicture) } };
}

function keptPicture(profilePicture: ProfilePicture): KeptPicture {
	if (profilePicture.kind !== 'rendered') return profilePicture;
	return { kind: 'rendered', identity: pictureIdentity(profilePicture.url) };
}

function shownShoot({ favorite, ...rest }: KeptRoster['shoots'][number]): FinishedShoot {
	return { ...rest, favorite: favorite && shownFavorite(favorite) };
}

/** Its links have run out, so that whoever needs one asks for a fresh one. */
function shownFavorite({
	photoId,
	picture: { ...kept },
}: NonNullable<KeptRoster['shoots'][number]['favorite']>): Favorite {
	const link = { url: '', expiresAt: 0 };
	const profilePicture: ProfilePicture =
		kept.kind === 'rendered' ? { kind: 'rendered', url: kept.identity, expiresAt: 0 } : kept;
	return { photoId, headshot: link, thumbnail: link, profilePicture };
}
