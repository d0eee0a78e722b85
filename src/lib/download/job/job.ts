import { sentenceOf } from '$lib/backend/errors';
import { formatBytes } from '$lib/ui/numbers';
import type { ArchiveEntry, ArchiveWriter } from '$lib/zip/archive';
import { DiskFileError } from '$lib/zip/disk-file';
import { ArchiveTooLargeError, ReceiptError, SpoolBusyError, SpoolFullError } from '$lib/zip/errors';
import type { FileFailure, JobOutcome, JobRequest } from '$lib/download/contract';
import type { JobDeps, Results } from './deps';
import { extraFiles } from './extra-files';
import { fetchAll } from './fetching';
import { stillOwn } from './own-shoots';
import { pathsOf, type FavoritePlan } from './plan';
import { planJob } from './plan-job';
import { presetOf } from '$lib/download/options/presets';
import { noRoom } from './room';

export type { JobDeps } from './deps';

/**
 * A download from the list of members to the verified archive. A file that can't be had is reported and left out;
 * it never ends the job.
 *
 * @returns never throws: an abort is the outcome `cancelled`, any other error the outcome `failed`
 */
export async function runJob(request: JobRequest, deps: JobDeps, signal: AbortSignal): Promise<JobOutcome> {
	const failures: FileFailure[] = [];
	let archive: ArchiveWriter | null = null;
	/** What is in a file by now stays, to be handed over or continued. */
	let kept = false;
	try {
		deps.signIn.check = () => stillOwn(deps.backend, request, signal);
		const { favorites, gone, skipped, reason } = await planJob(request, deps, signal);
		failures.push(...gone);
		// What is here already says nothing of what is free: whoever goes on has begun with room.
		const asks = !request.whateverRoom && !request.continues;
		const short = asks ? await noRoom(favorites, deps.room) : null;
		if (short) return { kind: 'no-room', ...short };
		const results: Results = new Map();
		const isTold = request.options.index || presetOf(request.options.preset)?.mapping;
		archive = await deps.openArchive(favorites, results, signal);
		const lost = new Set(gone.map(({ shootId }) => shootId)).size;
		await fetchAll(
			{ favorites, gone: lost, archive, failures, results: isTold ? results : null },
			deps,
			signal,
		);
		await deps.pauser.close(signal);
		const { membersTotal } = deps.reporter.progress;
		const savedOf = (paths: ReadonlySet<string>) => membersTotal - lost - membersMissing(favorites, paths);
		if (archive.entries.length === 0) return { kind: 'empty', membersTotal, failures, skipped, reason };
		await addExtras({ favorites, savedOf, failures, results }, request, archive, deps);
		const { blob, found } = await pack(archive, deps, signal);
		const paths = new Set(found.map((entry) => entry.path));
		kept = true;
		await deps.settle('handed-over');
		return {
			kind: 'saved',
			filename: request.filename,
			blob,
			spool: archive.spooled ? request.id : null,
			inPlace: deps.inPlace,
			entries: found.length,
			bytes: found.reduce((sum, entry) => sum + entry.size, 0),
			membersSaved: savedOf(paths),
			membersTotal,
			delivered: favorites
				.filter((favorite) => isWhole(favorite, paths))
				.map(({ shootId, photoId, picture, email, member }) => ({
					shootId,
					photoId,
					picture,
					email,
					member,
				})),
			failures,
			skipped,
		};
	} catch (error) {
		// Of an archive that failed its check, or that fills the disk, nothing is worth keeping.
		const isSpoilt = error instanceof ReceiptError || error instanceof SpoolFullError;
		kept = archive?.spooled === true && !isSpoilt;
		if (signal.aborted) return { kind: 'cancelled' };
		return { kind: 'failed', reason: reasonOf(error), failures };
	} finally {
		if (!kept && archive?.spooled) await deps.settle('discarded');
		await archive?.dispose({ keep: kept }).catch(console.error);
		deps.reporter.end();
	}
}

/** What there is to tell of the photos. */
interface Settled {
	favorites: FavoritePlan[];
	/** Of how many members everything is among these paths. */
	savedOf: (paths: ReadonlySet<string>) => number;
	failures: readonly FileFailure[];
	results: Results;
}

/** What stands beside the photos, once all of them are settled. */
async function addExtras(
	{ favorites, savedOf, failures, results }: Settled,
	{ options, organization, filename }: JobRequest,
	archive: ArchiveWriter,
	{ reporter, now }: JobDeps,
): Promise<void> {
	const { membersTotal } = reporter.progress;
	const added = new Set(archive.entries.map(({ path }) => path));
	const facts = {
		organization,
		now: now(),
		filename,
		membersSaved: savedOf(added),
		membersTotal,
		files: added.size,
		failed: failures.length,
	};
	for (const { path, bytes } of extraFiles(favorites, results, facts, options))
		await archive.add(path, bytes);
}

async function pack(
	archive: ArchiveWriter,
	{ verify, reporter }: JobDeps,
	signal: AbortSignal,
): Promise<{ blob: Blob; found: ArchiveEntry[] }> {
	reporter.update({ phase: 'packing', share: 0 });
	reporter.flush();
	const blob = await archive.finish({ signal, onShare: (share) => reporter.update({ share }) });
	reporter.update({ phase: 'checking', share: 0 });
	reporter.flush();
	const found = await verify(blob, archive, signal, (share) => reporter.update({ share }));
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
	if (error instanceof SpoolFullError) {
		// Room may have come meanwhile.
		const isKnown = error.free !== null && error.free < error.needed;
		const free = isKnown ? ` (${formatBytes(error.free!)} are free)` : '';
		return `The disk is full: the next ${formatBytes(error.needed)} had no room${free}. What was there of this archive is deleted. Free some space and try again, or download team by team.`;
	}
	if (error instanceof DiskFileError) {
		return 'The file that you chose could not be written. Choose another place, or download without “Save straight to disk”.';
	}
	if (error instanceof SpoolBusyError) return 'This download goes on in another tab.';
	if (error instanceof ReceiptError) return `The finished archive failed its check. ${error.message}.`;
	// Only the browser throws those, of its file: its words are for whoever programs it.
	if (error instanceof DOMException) {
		return `The browser’s own file for this download failed (${error.name}). Please try again. If it fails again, restart the browser.`;
	}
	return sentenceOf(error);
}
