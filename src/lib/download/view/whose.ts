import { count } from '$lib/ui/numbers';
import type { Scope } from '$lib/download/running/job-view';

/** "Marketing", "All members" or "3 photo shoots": whose photos a download is about. */
export function whose({ team, shootIds }: Scope): string {
	return shootIds ? count(shootIds.length, 'photo shoot') : (team?.name ?? 'All members');
}
