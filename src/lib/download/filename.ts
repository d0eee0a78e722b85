import { isoDate } from '$lib/ui/dates';

/** `team-photos-YYYY-MM-DD.zip`, by the admin's own calendar. `time` in ms since the epoch. */
export function archiveFilename(time: number): string {
	return `team-photos-${isoDate(time)}.zip`;
}
