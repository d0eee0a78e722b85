import type { FileFailure, JobRequest, WantedFile } from '$lib/download/contract';
import type { FinishedShoot } from '$lib/members/member';
import type { JobDeps } from './deps';
import { ownShoots } from './own-shoots';
import { planDownload, planOnly, type FavoritePlan } from './plan';
import { memoryWarning } from './room';

/** What a job fetches. */
export interface PlannedJob {
	favorites: FavoritePlan[];
	/** What was asked for, and is none any more. */
	gone: FileFailure[];
	skipped: string[];
	/** Why there is nothing to fetch, in a sentence; `null` when there is something. */
	reason: string | null;
}

/**
 * Asks the backend who has which favorite, and decides what the job fetches. What was asked for and is gone is a failure;
 * the notes are told.
 *
 * @throws BackendError, or the signal's reason
 */
export async function planJob(
	request: JobRequest,
	{ backend, reporter, signIn, canSpool }: JobDeps,
	signal: AbortSignal,
): Promise<PlannedJob> {
	const { shootIds, files, options } = request;
	reporter.flush();
	const { shoots, skipped } = await signIn.passing(() => ownShoots(backend, request, signal), signal);
	const wanted = shootIds && new Set(shootIds);
	// Test shoots go along only where they were picked.
	const some = shoots.filter(({ id, isTest }) => (wanted ? wanted.has(id) : !isTest));
	const whole = planDownload(some, options);
	const favorites = files ? planOnly(whole.favorites, files) : whole.favorites;
	// Whoever tries again has read the notes.
	for (const note of files ? [] : whole.notes) reporter.note(note);
	const gone = files ? goneOf(files, favorites) : [];
	for (const failure of gone) reporter.fail(failure);
	const chosen = some.filter(({ favorite }) => favorite !== null);
	if (wanted && !files && chosen.length < wanted.size) reporter.note(goneNote(wanted.size - chosen.length));
	const warning = canSpool ? null : memoryWarning(favorites);
	if (warning) reporter.warn(warning);
	const isNothing = favorites.length + gone.length === 0;
	return {
		favorites,
		gone,
		skipped,
		reason: isNothing ? whyNothing(chosen, skipped, wanted !== null) : null,
	};
}

/** Files of shoots that were reset or deleted since they were asked for, or whose favorite was taken back. */
function goneOf(files: readonly WantedFile[], favorites: readonly FavoritePlan[]): FileFailure[] {
	const planned = new Set(favorites.map(({ shootId }) => shootId));
	return files
		.filter(({ shootId }) => !planned.has(shootId))
		.map((file) => ({ member: `member-${file.shootId}`, email: null, ...file, reason: GONE }));
}

const GONE = 'The photo shoot was reset or deleted meanwhile, or its favorite was taken back.';

function goneNote(count: number): string {
	return count === 1
		? 'One of the picked photo shoots has no favorite any more.'
		: `${count} of the picked photo shoots have no favorite any more.`;
}

function whyNothing(chosen: readonly FinishedShoot[], skipped: readonly string[], picked: boolean): string {
	if (chosen.length > 0) return 'Whoever has chosen a favorite has no profile picture.';
	if (picked) return 'Who was picked has no favorite any more.';
	if (skipped.length > 0) return 'No favorite could be read.';
	return 'Nobody here has chosen a favorite photo yet.';
}
