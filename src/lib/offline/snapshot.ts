import * as v from 'valibot';
import type { RosterData } from '$lib/members/load';
import type { Favorite, FinishedShoot, ProfilePicture } from '$lib/members/member';
import { breathe } from '$lib/net/breathe';
import { pictureIdentity } from '$lib/photos/photo-url';
import type { SnapshotRecord } from '$lib/storage/schema';

/*
 * What is kept of an organization's members, and how it is read back. No address of a photo is kept: a signed one is a
 * key to the photo for whoever finds it. Only of a rendered profile picture its host and path, without the signature,
 * since they tell which picture was handed over.
 *
 * Ten thousand members are some megabytes, and a database copies objects one by one while everything waits. So each list
 * is kept as texts of some hundred members, and written and read a text at a time.
 */

/** Another form of what is kept is another version: this one ignores it, and replaces it. */
export const SNAPSHOT_VERSION = 2;

/** Members of one text. */
const AT_ONCE = 200;

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

const joinedMember = v.object({
	...person,
	joinedAt: time,
	step: v.picklist(['joined', 'uploading', 'generating', 'failed', 'gone']),
});
const invitedMember = v.object({ email: v.string(), team, invitedAt: time });
const deletedShoot = v.object(person);

/** Each a JSON array. */
const texts = v.array(v.string());

const record = v.object({
	organization: v.string(),
	savedAt: v.number(),
	version: v.literal(SNAPSHOT_VERSION),
	roster: v.object({
		organization: v.object({ uid: v.string(), name: v.string() }),
		teams: v.array(v.object({ id: v.string(), name: v.string() })),
		shoots: texts,
		joined: texts,
		invited: texts,
		deleted: texts,
	}),
});

type KeptRoster = v.InferOutput<typeof record>['roster'];
type KeptShoot = v.InferOutput<typeof shoot>;
type KeptPicture = v.InferOutput<typeof picture>;

/** Whether it is too old to be shown. `now` in ms since the epoch. */
export function isStale(savedAt: number, now: number): boolean {
	return Math.abs(now - savedAt) > MAX_AGE_MS;
}

/** What to keep of whom the backend has told. @throws the signal's reason */
export async function toRecord(
	data: RosterData,
	source: string,
	savedAt: number,
	signal: AbortSignal,
): Promise<SnapshotRecord> {
	const { organization, teams } = data;
	const kept: KeptRoster = {
		organization,
		teams,
		shoots: await toTexts(data.shoots, keptShoot, signal),
		joined: await toTexts(data.joined, itself, signal),
		invited: await toTexts(data.invited, itself, signal),
		deleted: await toTexts(data.deleted, itself, signal),
	};
	return {
		apiBase: source,
		organization: organization.uid,
		savedAt,
		version: SNAPSHOT_VERSION,
		roster: kept,
	};
}

/**
 * What was kept; `null` when it is damaged, too old, or of another version of the page.
 * @param now ms since the epoch
 * @throws the signal's reason
 */
export async function readRecord(value: unknown, now: number, signal: AbortSignal): Promise<Snapshot | null> {
	const parsed = v.safeParse(record, value);
	if (!parsed.success) return null;
	const { savedAt, organization: uid, roster: kept } = parsed.output;
	const { organization, teams } = kept;
	if (isStale(savedAt, now) || uid !== organization.uid) return null;
	try {
		const data: RosterData = {
			organization,
			teams,
			shoots: await fromTexts(kept.shoots, shoot, shownShoot, signal),
			joined: await fromTexts(kept.joined, joinedMember, itself, signal),
			invited: await fromTexts(kept.invited, invitedMember, itself, signal),
			deleted: await fromTexts(kept.deleted, deletedShoot, itself, signal),
			skipped: [],
			expected: null,
		};
		return { savedAt, data };
	} catch {
		signal.throwIfAborted();
		return null;
	}
}

async function toTexts<T>(items: T[], keep: (item: T) => unknown, signal: AbortSignal): Promise<string[]> {
	const kept: string[] = [];
	for (let start = 0; start < items.length; start += AT_ONCE) {
		await breathe(signal);
		kept.push(JSON.stringify(items.slice(start, start + AT_ONCE).map(keep)));
	}
	return kept;
}

/** @throws what is wrong with a text, or the signal's reason */
async function fromTexts<Kept, Shown>(
	kept: string[],
	schema: v.GenericSchema<unknown, Kept>,
	show: (item: Kept) => Shown,
	signal: AbortSignal,
): Promise<Shown[]> {
	const shown: Shown[][] = [];
	for (const text of kept) {
		await breathe(signal);
		shown.push(v.parse(v.array(schema), JSON.parse(text)).map(show));
	}
	return shown.flat();
}

function itself<T>(item: T): T {
	return item;
}

function keptShoot({ favorite, ...rest }: FinishedShoot): KeptShoot {
	if (favorite === null) return { ...rest, favorite };
	return { ...rest, favorite: { photoId: favorite.photoId, picture: keptPicture(favorite.profilePicture) } };
}

function keptPicture(profilePicture: ProfilePicture): KeptPicture {
	if (profilePicture.kind !== 'rendered') return profilePicture;
	return { kind: 'rendered', identity: pictureIdentity(profilePicture.url) };
}

function shownShoot({ favorite, ...rest }: KeptShoot): FinishedShoot {
	return { ...rest, favorite: favorite && shownFavorite(favorite) };
}

/** Its links have run out, so that whoever needs one asks for a fresh one. */
function shownFavorite({ photoId, picture: { ...kept } }: NonNullable<KeptShoot['favorite']>): Favorite {
	const link = { url: '', expiresAt: 0 };
	const profilePicture: ProfilePicture =
		kept.kind === 'rendered' ? { kind: 'rendered', url: kept.identity, expiresAt: 0 } : kept;
	return { photoId, headshot: link, thumbnail: link, profilePicture };
}
