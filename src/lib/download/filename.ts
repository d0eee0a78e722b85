import { isoDate } from '$lib/ui/dates';

/**
 * `team-photos-YYYY-MM-DD.zip`, by the admin's own calendar; `team-photos-YYYY-MM-DD (2).zip` for the second part.
 * @param time ms since the epoch
 */
export function archiveFilename(time: number, part = 1): string {
	return `team-photos-${isoDate(time)}${part === 1 ? '' : ` (${part})`}.zip`;
}
