import { count } from '$lib/ui/numbers';
import type { Job } from '$lib/download/running/job-view';

/** "Marketing", "All members" or "3 photo shoots", perhaps "what had failed": whose photos a download is about. */
export function whose({ scope: { team, shootIds }, round }: Pick<Job, 'scope' | 'round'>): string {
	const all = shootIds ? count(shootIds.length, 'photo shoot') : (team?.name ?? 'All members');
	return round === 1 ? all : `${all}, what had failed`;
}
