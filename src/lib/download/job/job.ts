import type { Backend } from '$lib/backend/client';
import { sentenceOf } from '$lib/backend/errors';
import { loadShoots } from '$lib/members/load';
import { inPool } from '$lib/net/pool';
import { PhotoError } from '$lib/photos/errors';
import { fetchPhoto, type Photo, type PhotoContext } from '$lib/photos/fetch-photo';
import type { ArchiveEntry, ArchiveWriter } from '$lib/zip/archive';
import { ArchiveTooLargeError, ReceiptError } from '$lib/zip/errors';
import type { FileFailure, JobOutcome, JobRequest } from '$lib/download/contract';
import type { DownloadOptions } from '$lib/download/options';
import { extraFiles } from './extra-files';
import { factsOf, type FileResult } from './file-facts';
import { freshUrl } from './fresh-url';
import type { Made } from './make-bytes';
import type { Pauser } from './pauser';
import {
	memoryWarning,
	pathsOf,
	planDownload,
	planOnly,
	type FavoritePlan,
	type PhotoTask,
	type PlannedFile,
} from './plan';
import { presetOf } from './presets';
import type { ProgressReporter } from './reporter';
import type { SignInBarrier } from './sign-in';

/** Everything that a job touches; the worker gives the real things. */
export interface JobDeps {
	backend: Backend;
	photos: Omit<PhotoContext, 'onbytes'>;
	/** Photos under way at a time. */
	concurrency: number;
	signIn: SignInBarrier;
	pauser: Pauser;
	/** @throws PhotoError when this file can't be made */
	makeFile(photo: Photo, make: PlannedFile['make'], signal: AbortSignal): Promise<Made>;
	/** ms since the epoch */
	now(): number;
	archive: ArchiveWriter;
	/** Reads the archive back, and throws when it isn't what was put in. */
	verify(
		archive: Blob,
		expected: readonly ArchiveEntry[],
		signal: AbortSignal,
		onShare: (share: number) => void,
	): Promise<ArchiveEntry[]>;
	reporter: ProgressReporter;
}

/**
 * A download from the list of members to the verified archive. A file that can't be had is reported and left out;
 * it never ends the job.
 *
 * @returns never throws: an abort is the outcome `cancelled`, any other error the outcome `failed`
 */
export async function runJob(request: JobRequest, deps: JobDeps, signal: AbortSignal): Promise<JobOutcome> {
	const failures: FileFailure[] = [];
	try {
		const { favorites, skipped } = await plan(request, deps, signal);
		const results: Results = new Map();
		await fetchAll(favorites, request.options, deps, failures, results, signal);
		await deps.pauser.close(signal);
		const { membersTotal } = deps.reporter.progress;
		if (deps.archive.entries.length === 0) return { kind: 'empty', membersTotal, failures, skipped };
		await addExtras(favorites, request, deps, failures, results);
		const { blob, found } = await pack(deps, signal);
		const paths = new Set(found.map((entry) => entry.path));
		return {
			kind: 'saved',
			filename: request.filename,
			blob,
			entries: found.length,
			bytes: found.reduce((sum, entry) => sum + entry.size, 0),
			membersSaved: membersTotal - membersMissing(favorites, paths),
			membersTotal,
			delivered: favorites
				.filter((favorite) => isWhole(favorite, paths))
				.map(({ shootId, photoId, picture }) => ({ shootId, photoId, picture })),
			failures,
			skipped,
		};
	} catch (error) {
		if (signal.aborted) return { kind: 'cancelled' };
		return { kind: 'failed', reason: reasonOf(error), failures };
	} finally {
		deps.reporter.end();
	}
}

async function plan(
	{ teamId, shootIds, files, options }: JobRequest,
	deps: JobDeps,
	signal: AbortSignal,
): Promise<{ favorites: FavoritePlan[]; skipped: string[] }> {
	const { backend, reporter, signIn } = deps;
	reporter.flush();
	const { shoots, skipped } = await signIn.passing(() => loadShoots(backend, teamId, signal), signal);
	const wanted = shootIds && new Set(shootIds);
	const some = wanted ? shoots.filter(({ id }) => wanted.has(id)) : shoots;
	const whole = planDownload(some, options);
	const favorites = files ? planOnly(whole.favorites, files) : whole.favorites;
	// Whoever tries again has read the notes.
	for (const note of files ? [] : whole.notes) reporter.event({ type: 'note', note });
	const warning = memoryWarning(favorites);
	if (warning) reporter.event({ type: 'warning', warning });
	reporter.update({
		phase: 'fetching',
		membersTotal: new Set(favorites.map((favorite) => favorite.memberKey)).size,
		filesTotal: favorites.reduce((sum, favorite) => sum + pathsOf(favorite).length, 0),
	});
	return { favorites, skipped };
}

/** What came of each file, by path; only where something in the archive tells of it. */
type Results = Map<string, FileResult>;

async function fetchAll(
	favorites: FavoritePlan[],
	options: DownloadOptions,
	deps: JobDeps,
	failures: FileFailure[],
	results: Results,
	outer: AbortSignal,
): Promise<void> {
	const isTold = options.index || presetOf(options.preset)?.mapping;
	const { reporter } = deps;
	const open = new Map<string, number>();
	for (const { memberKey, tasks } of favorites) {
		open.set(memberKey, (open.get(memberKey) ?? 0) + tasks.length);
	}
	const tasks = favorites.flatMap((favorite) => favorite.tasks.map((task) => ({ favorite, task })));

	await inPool(tasks, deps.concurrency, outer, async ({ favorite, task }, signal) => {
		await deps.pauser.pass(signal);
		for (const failure of await fetchTask(favorite, task, deps, isTold ? results : null, signal)) {
			failures.push(failure);
			reporter.event({ type: 'failure', failure });
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

/** Fetches one photo and adds the files that it becomes. Returns those that can't be had. */
async function fetchTask(
	favorite: FavoritePlan,
	task: PhotoTask,
	deps: JobDeps,
	results: Results | null,
	signal: AbortSignal,
): Promise<FileFailure[]> {
	const { backend, reporter, signIn } = deps;
	const { shootId, member, email } = favorite;
	const failed = (file: PlannedFile, error: unknown): FileFailure => {
		if (!(error instanceof PhotoError)) throw error;
		results?.set(file.path, { kind: 'failed', reason: error.message });
		return { shootId, member, email, file: file.name, reason: error.message };
	};
	let photo: Photo;
	try {
		const refresh = (inner: AbortSignal) =>
			signIn.passing(() => freshUrl(backend, favorite, task.photo, inner), inner);
		const onbytes = (length: number) => reporter.update({ bytes: reporter.progress.bytes + length });
		photo = await fetchPhoto({ ...task, refresh }, { ...deps.photos, onbytes }, signal);
	} catch (error) {
		return task.files.map((file) => failed(file, error));
	}
	const failures: FileFailure[] = [];
	for (const file of task.files) {
		try {
			const { bytes, note } = await deps.makeFile(photo, file.make, signal);
			signal.throwIfAborted();
			results?.set(file.path, { kind: 'saved', facts: await factsOf(bytes) });
			await deps.archive.add(file.path, bytes);
			if (note !== null) reporter.event({ type: 'note', note: `${member}: ${file.name} ${note}.` });
		} catch (error) {
			failures.push(failed(file, error));
		}
	}
	return failures;
}

/** What stands beside the photos, once all of them are settled. */
async function addExtras(
	favorites: FavoritePlan[],
	{ options, organization, filename }: JobRequest,
	{ archive, reporter, now }: JobDeps,
	failures: readonly FileFailure[],
	results: Results,
): Promise<void> {
	const { membersTotal } = reporter.progress;
	const added = new Set(archive.entries.map(({ path }) => path));
	const facts = {
		organization,
		now: now(),
		filename,
		membersSaved: membersTotal - membersMissing(favorites, added),
		membersTotal,
		files: added.size,
		failed: failures.length,
	};
	for (const { path, bytes } of extraFiles(favorites, results, facts, options))
		await archive.add(path, bytes);
}

async function pack(
	{ archive, verify, reporter }: JobDeps,
	signal: AbortSignal,
): Promise<{ blob: Blob; found: ArchiveEntry[] }> {
	reporter.update({ phase: 'packing', share: 0 });
	reporter.flush();
	const blob = await archive.finish({ signal, onShare: (share) => reporter.update({ share }) });
	reporter.update({ phase: 'checking', share: 0 });
	reporter.flush();
	const found = await verify(blob, archive.entries, signal, (share) => reporter.update({ share }));
	signal.throwIfAborted();
	return { blob, found };
}

/** How many members lack a file in the archive. */
function membersMissing(favorites: FavoritePlan[], found: ReadonlySet<string>): number {
	const missing = favorites.filter((favorite) => !isWhole(favorite, found));
	return new Set(missing.map((favorite) => favorite.memberKey)).size;
}

function isWhole(favorite: FavoritePlan, found: ReadonlySet<string>): boolean {
	return pathsOf(favorite).every((path) => found.has(path));
}

function reasonOf(error: unknown): string {
	if (error instanceof ArchiveTooLargeError) {
		return 'These photos are more than fits into one archive for now. Download them team by team.';
	}
	if (error instanceof ReceiptError) return `The finished archive failed its check. ${error.message}.`;
	return sentenceOf(error);
}
