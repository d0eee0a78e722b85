import {
	displayName,
	memberKey,
	pictureKey,
	type Favorite,
	type FinishedShoot,
	type SignedUrl,
} from '$lib/members/member';
import type { FavoriteKey, FileKey, FileName } from '$lib/download/contract';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import { makeFor, type Make, type Picture } from './make';
import { placesOf, type Place } from './places';
import { presetNotes } from './preset-notes';

/** A file of the archive. */
export interface PlannedFile {
	/** What it shows, by the name that it has in a folder of its own. */
	name: FileName;
	/** From the archive's root. */
	path: string;
	/** How it is made from the bytes that were fetched. */
	make: Make;
}

/** One photo to fetch, and the files that it becomes. */
export interface PhotoTask extends SignedUrl {
	photo: 'headshot' | 'profile-picture';
	files: PlannedFile[];
}

/** One member's favorite and the files that it becomes. */
export interface FavoritePlan extends FavoriteKey {
	/** Whose it is: the same for all favorites of one member. */
	memberKey: string;
	member: string;
	email: string | null;
	/** For the archive's index. `finishedAt` in ms since the epoch. */
	about: { name: string | null; title: string | null; team: string | null; finishedAt: number | null };
	/** Where its files are; `''` is the root. */
	folder: string;
	/** Of all that the member has chosen, from the photo shoot that was finished last. */
	isLatest: boolean;
	tasks: PhotoTask[];
}

export interface Plan {
	favorites: FavoritePlan[];
	/** What the admin may want to know: who has no profile picture or no e-mail address, how many have no favorite. */
	notes: string[];
}

/**
 * The same plan with only some of its files: folders keep their names. Of a favorite that is another by now all files come:
 * one alone would stand beside one of the former.
 */
export function planOnly(favorites: readonly FavoritePlan[], wanted: readonly FileKey[]): FavoritePlan[] {
	const keys = new Set(wanted.map(({ shootId, file }) => `${shootId} ${file}`));
	const known = new Map(wanted.map((key) => [key.shootId, key]));
	return favorites.flatMap((favorite) => {
		const before = known.get(favorite.shootId);
		if (!before) return [];
		if (before.photoId !== favorite.photoId || before.picture !== favorite.picture) return [favorite];
		const tasks = favorite.tasks.flatMap((task) => {
			const files = task.files.filter(({ name }) => keys.has(`${favorite.shootId} ${name}`));
			return files.length > 0 ? [{ ...task, files }] : [];
		});
		return tasks.length > 0 ? [{ ...favorite, tasks }] : [];
	});
}

/** The paths of a favorite's files in the archive. */
export function pathsOf({ tasks }: FavoritePlan): string[] {
	return tasks.flatMap((task) => task.files.map((file) => file.path));
}

/** Decides the files of a download: what they show, where they are, and how they are made. */
export function planDownload(
	shoots: readonly FinishedShoot[],
	options: DownloadOptions = plainOptions,
): Plan {
	const wanted = picturesOf(options);
	const chosen = shoots.filter((shoot) => shoot.favorite !== null);
	const bare = chosen.filter(({ favorite }) => !hasPicture(favorite!, wanted));
	const kept = chosen.filter(({ favorite }) => wanted.has('headshot.jpg') || hasPicture(favorite!, wanted));
	const places = placesOf(kept, options);
	const favorites = kept.map((shoot, index) => favoritePlan(shoot, places[index]!, wanted, options));
	return {
		favorites,
		notes: [
			...undecidedNotes(shoots),
			...presetNotes(favorites, places, options),
			...bare.map((shoot) => bareNote(shoot, wanted)),
			...favorites.flatMap(addressNote),
		],
	};
}

/** Which pictures are asked for; a flat layout says it itself. */
function picturesOf({ layout, files }: DownloadOptions): ReadonlySet<FileName> {
	const which = layout === 'flat-headshot' ? 'headshots' : layout === 'flat-pfp' ? 'pfps' : files;
	const headshot = which !== 'pfps' ? ['headshot.jpg' as const] : [];
	return new Set([...headshot, ...(which !== 'headshots' ? ['pfp.jpg' as const] : [])]);
}

/** Whether there is a profile picture, where one is asked for. */
function hasPicture({ profilePicture }: Favorite, wanted: ReadonlySet<FileName>): boolean {
	return !wanted.has('pfp.jpg') || profilePicture.kind !== 'none';
}

function favoritePlan(
	shoot: FinishedShoot,
	{ folder, isLatest, pathOf }: Place,
	wanted: ReadonlySet<FileName>,
	options: DownloadOptions,
): FavoritePlan {
	const { name, title, team, finishedAt } = shoot;
	const favorite = shoot.favorite!;
	const file = (name: FileName, picture: Picture): PlannedFile => ({
		name,
		path: pathOf(name),
		make: makeFor(picture, options),
	});
	return {
		shootId: shoot.id,
		photoId: favorite.photoId,
		picture: pictureKey(favorite),
		memberKey: memberKey(shoot),
		member: displayName(shoot),
		email: shoot.email,
		about: { name, title, team: team?.name ?? null, finishedAt },
		folder,
		isLatest,
		tasks: tasksOf(favorite, wanted, file),
	};
}

/** Each photo is fetched once, whatever it becomes. */
function tasksOf(
	{ headshot, profilePicture }: Favorite,
	wanted: ReadonlySet<FileName>,
	file: (name: FileName, picture: Picture) => PlannedFile,
): PhotoTask[] {
	const fromHeadshot: PlannedFile[] = [];
	if (wanted.has('headshot.jpg')) fromHeadshot.push(file('headshot.jpg', 'headshot'));
	const wantsPfp = wanted.has('pfp.jpg');
	if (wantsPfp && profilePicture.kind === 'own-crop') fromHeadshot.push(file('pfp.jpg', 'own-crop'));
	const tasks: PhotoTask[] = [];
	if (fromHeadshot.length > 0) tasks.push({ ...headshot, photo: 'headshot', files: fromHeadshot });
	if (wantsPfp && profilePicture.kind === 'rendered') {
		const { url, expiresAt } = profilePicture;
		tasks.push({ url, expiresAt, photo: 'profile-picture', files: [file('pfp.jpg', 'rendered')] });
	}
	return tasks;
}

function bareNote(shoot: FinishedShoot, wanted: ReadonlySet<FileName>): string {
	const rest = wanted.has('headshot.jpg') ? 'the folder holds the headshot only' : 'no file is made of it';
	return `${displayName(shoot)} has no profile picture, so ${rest}.`;
}

/** Whoever looks for an address finds none. Without folders, the options say how files are called. */
function addressNote({ email, member, folder }: FavoritePlan): string[] {
	return email === null && folder !== ''
		? [`${member} has no e-mail address: the folder is “${folder}”.`]
		: [];
}

/** Who has chosen in one of two shoots has chosen. */
function undecidedNotes(shoots: readonly FinishedShoot[]): string[] {
	const undecided = new Set(shoots.filter((shoot) => !shoot.favorite).map(memberKey));
	for (const shoot of shoots) if (shoot.favorite) undecided.delete(memberKey(shoot));
	if (undecided.size === 0) return [];
	if (undecided.size === 1) return ['1 finished member has chosen no favorite yet.'];
	return [`${undecided.size} finished members have chosen no favorite yet.`];
}
