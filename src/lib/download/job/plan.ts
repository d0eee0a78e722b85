import { displayName, memberKey, pictureKey, type FinishedShoot, type SignedUrl } from '$lib/members/member';
import type { FileKey, FileName } from '$lib/download/contract';
import { formatBytes } from '$lib/ui/numbers';
import { FolderNames } from '$lib/members/names';

/** How a file is made from the bytes that were fetched. */
export interface PlannedFile {
	name: FileName;
	/** `jpeg`: the picture itself, as JPEG. `crop`: the profile picture cut out of the headshot. */
	make: 'jpeg' | 'crop';
}

/** One photo to fetch, and the files that it becomes. */
export interface PhotoTask extends SignedUrl {
	photo: 'headshot' | 'profile-picture';
	files: PlannedFile[];
}

/** One folder of the archive. */
export interface FavoritePlan {
	shootId: string;
	photoId: string;
	/** Which profile picture goes along; `null` when there is none. */
	picture: string | null;
	/** Whose it is: the same for all favorites of one member. */
	memberKey: string;
	member: string;
	email: string | null;
	folder: string;
	tasks: PhotoTask[];
}

export interface Plan {
	favorites: FavoritePlan[];
	/** What the admin may want to know: who has no profile picture, how many have no favorite. */
	notes: string[];
}

/** What photos usually weigh, in bytes: nobody tells before they are fetched. */
const USUAL = { headshot: 2_500_000, 'profile-picture': 500_000 };
/** So much in a browser's memory is worth a word, in bytes. */
const LARGE = 500_000_000;

/** A sentence when so many photos may be too much for the memory that holds them; else `null`. */
export function memoryWarning(favorites: readonly FavoritePlan[]): string | null {
	const expected = favorites
		.flatMap((favorite) => favorite.tasks)
		.reduce((sum, { photo }) => sum + USUAL[photo], 0);
	if (expected < LARGE) return null;
	return (
		`Until they are packed, these photos are held in memory: about ${formatBytes(expected)}. ` +
		'Should the browser run out of it, download them team by team.'
	);
}

/** The same plan with only some of its files: folders keep their names. */
export function planOnly(favorites: readonly FavoritePlan[], wanted: readonly FileKey[]): FavoritePlan[] {
	const keys = new Set(wanted.map(({ shootId, file }) => `${shootId} ${file}`));
	return favorites.flatMap((favorite) => {
		const tasks = favorite.tasks.flatMap((task) => {
			const files = task.files.filter(({ name }) => keys.has(`${favorite.shootId} ${name}`));
			return files.length > 0 ? [{ ...task, files }] : [];
		});
		return tasks.length > 0 ? [{ ...favorite, tasks }] : [];
	});
}

/** Decides folders and files of a download: one folder for each favorite. */
export function planDownload(shoots: readonly FinishedShoot[]): Plan {
	const names = new FolderNames();
	const plan: Plan = { favorites: [], notes: [] };
	const undecided = new Set(shoots.filter((shoot) => !shoot.favorite).map(memberKey));
	for (const shoot of shoots) {
		const { favorite } = shoot;
		if (!favorite) continue;
		undecided.delete(memberKey(shoot));
		const headshot: PhotoTask = {
			...favorite.headshot,
			photo: 'headshot',
			files: [{ name: 'headshot.jpg', make: 'jpeg' }],
		};
		const tasks = [headshot];
		const { profilePicture } = favorite;
		if (profilePicture.kind === 'own-crop') {
			headshot.files.push({ name: 'pfp.jpg', make: 'crop' });
		} else if (profilePicture.kind === 'rendered') {
			const { url, expiresAt } = profilePicture;
			tasks.push({ url, expiresAt, photo: 'profile-picture', files: [{ name: 'pfp.jpg', make: 'jpeg' }] });
		} else {
			plan.notes.push(`${displayName(shoot)} has no profile picture, so the folder holds the headshot only.`);
		}
		plan.favorites.push({
			shootId: shoot.id,
			photoId: favorite.photoId,
			picture: pictureKey(favorite),
			memberKey: memberKey(shoot),
			member: displayName(shoot),
			email: shoot.email,
			folder: names.take(shoot),
			tasks,
		});
	}
	if (undecided.size === 1) plan.notes.unshift('1 finished member has chosen no favorite yet.');
	if (undecided.size > 1)
		plan.notes.unshift(`${undecided.size} finished members have chosen no favorite yet.`);
	return plan;
}
