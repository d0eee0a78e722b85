import { isoDate } from './iso-date';
import { inLocale } from './locale';

/** Nov 24, 2026, by the admin's own calendar. `time` in ms since the epoch. */
export function formatDate(time: number): string {
	return inLocale().date.format(time);
}

/** 14:05, by the admin's own clock. `time` in ms since the epoch. */
export function formatTime(time: number): string {
	return inLocale().moment.format(time);
}

/** 14:05 today, else Nov 24, 14:05, by the admin's own calendar and clock. Both in ms since the epoch. */
export function formatMoment(time: number, now: number): string {
	const { moment, dayAndMoment } = inLocale();
	return (isoDate(time) === isoDate(now) ? moment : dayAndMoment).format(time);
}
