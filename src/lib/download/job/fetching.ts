import { freshPhoto } from '$lib/members/fresh-photo';
import { inPool } from '$lib/net/pool';
import { PhotoError } from '$lib/photos/errors';
import { fetchPhoto, type Photo } from '$lib/photos/fetch-photo';
import type { ArchiveWriter } from '$lib/zip/archive';
import type { FileFailure } from '$lib/download/contract';
import type { JobDeps, Results } from './deps';
import { factsOf } from './file-facts';
import type { FavoritePlan, PhotoTask, PlannedFile } from './plan';

/** What is fetched into what. */
export interface Fetching {
	favorites: FavoritePlan[];
	/** How many members there is nothing to fetch of any more. */
	gone: number;
	archive: ArchiveWriter;
	/** Gets each file that can't be had, as it happens. */
	failures: FileFailure[];
	/** Gets what came of each file; `null` where nothing in the archive tells of it. */
	results: Results | null;
}

/** Fetches every photo that isn't in the archive yet, so many at a time, and adds the files that it becomes. */
export async function fetchAll(fetching: Fetching, deps: JobDeps, outer: AbortSignal): Promise<void> {
	const { favorites, gone, archive, failures } = fetching;
	const { reporter } = deps;
	/** What an earlier run has put in. */
	const here = new Set(archive.entries.map(({ path }) => path));
	const tasks = favorites.flatMap((favorite) =>
		favorite.tasks.flatMap((task) => {
			const files = task.files.filter(({ path }) => !here.has(path));
			return files.length > 0 ? [{ favorite, task: { ...task, files } }] : [];
		}),
	);
	const open = new Map<string, number>();
	for (const { favorite } of tasks) open.set(favorite.memberKey, (open.get(favorite.memberKey) ?? 0) + 1);
	begin({ favorites, gone }, open, here, reporter);

	await inPool(tasks, deps.concurrency, outer, async ({ favorite, task }, signal) => {
		await deps.pauser.pass(signal);
		for (const failure of await fetchTask(favorite, task, fetching, deps, signal)) {
			failures.push(failure);
			reporter.fail(failure);
		}
		const left = open.get(favorite.memberKey)! - 1;
		open.set(favorite.memberKey, left);
		const { filesDone, membersDone } = reporter.progress;
		reporter.update({
			filesDone: filesDone + task.files.length,
			membersDone: membersDone + (left === 0 ? 1 : 0),
		});
	});
}

/** What an earlier run has fetched is done from the start. */
function begin(
	{ favorites, gone }: Pick<Fetching, 'favorites' | 'gone'>,
	open: ReadonlyMap<string, number>,
	here: ReadonlySet<string>,
	reporter: JobDeps['reporter'],
): void {
	const files = favorites.flatMap(({ tasks }) => tasks.flatMap((task) => task.files));
	const members = new Set(favorites.map(({ memberKey }) => memberKey));
	reporter.update({
		phase: 'fetching',
		membersTotal: members.size + gone,
		membersDone: [...members].filter((key) => !open.has(key)).length + gone,
		filesTotal: files.length,
		filesDone: files.filter(({ path }) => here.has(path)).length,
	});
}

/** Fetches one photo and adds the files that it becomes. Returns those that can't be had. */
async function fetchTask(
	favorite: FavoritePlan,
	task: PhotoTask,
	{ archive, results }: Fetching,
	deps: JobDeps,
	signal: AbortSignal,
): Promise<FileFailure[]> {
	const { backend, reporter, signIn } = deps;
	const { shootId, photoId, picture, member, email } = favorite;
	const failed = (file: PlannedFile, error: unknown): FileFailure => {
		if (!(error instanceof PhotoError)) throw error;
		results?.set(file.path, { kind: 'failed', reason: error.message });
		return { shootId, photoId, picture, member, email, file: file.name, reason: error.message };
	};
	let photo: Photo;
	try {
		const refresh = (inner: AbortSignal) =>
			signIn.passing(() => freshPhoto(backend, favorite, task.photo, inner), inner);
		const onbytes = (length: number) => reporter.update({ bytes: reporter.progress.bytes + length });
		photo = await fetchPhoto({ ...task, refresh }, { ...deps.photos, onbytes }, signal);
	} catch (error) {
		// What ends the job is nothing to blame a photo for.
		signal.throwIfAborted();
		return task.files.map((file) => failed(file, error));
	}
	const failures: FileFailure[] = [];
	for (const file of task.files) {
		try {
			const { bytes, note } = await deps.makeFile(photo, file.make, signal);
			signal.throwIfAborted();
			results?.set(file.path, { kind: 'saved', facts: await factsOf(bytes) });
			await archive.add(file.path, bytes);
			if (note !== null) reporter.note(`${member}: ${file.name} ${note}.`);
		} catch (error) {
			signal.throwIfAborted();
			failures.push(failed(file, error));
		}
	}
	return failures;
}
