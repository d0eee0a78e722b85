import { isoDate } from '$lib/ui/iso-date';

/** `members-YYYY-MM-DD.csv`, by the admin's own calendar. `time` in ms since the epoch. */
export function exportFilename(time: number): string {
	return `members-${isoDate(time)}.csv`;
}
