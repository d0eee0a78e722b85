import { isoDate } from '$lib/ui/iso-date';
import type { Series } from './contract';

/**
 * `team-photos-YYYY-MM-DD.zip`, by the admin's own calendar; `team-photos-YYYY-MM-DD (part 1 of 3).zip` of several;
 * `team-photos-YYYY-MM-DD (2).zip` for what had failed in the first round.
 * @param time ms since the epoch
 */
export function archiveFilename(time: number, round = 1, series?: Series): string {
	const part = series ? ` (part ${series.index + 1} of ${series.parts.length})` : '';
	return `team-photos-${isoDate(time)}${part}${round === 1 ? '' : ` (${round})`}.zip`;
}
