import { count, formatBytes } from '$lib/ui/numbers';

/**
 * Minutes as a person says them: by the minute up to an hour, by five up to ten hours, by the hour after.
 * @param shown what is on the screen: it goes up only when the time left has clearly grown, never by rounding
 * @returns whole minutes; 0 for less than one
 */
export function roundMinutes(minutes: number, shown: number | null): number {
	const rounded = roundTo(minutes);
	if (shown === null || rounded <= shown) return rounded;
	return minutes > shown + 1.2 * stepAt(shown) && minutes > 1.1 * shown ? rounded : shown;
}

/** "About 3 minutes left", "Less than a minute left", "About 1 hour 10 minutes left". `minutes` as `roundMinutes` gives them. */
export function timeLeftLine(minutes: number): string {
	if (minutes < 1) return 'Less than a minute left';
	const hours = Math.floor(minutes / 60);
	const rest = minutes % 60;
	const words = [hours > 0 && count(hours, 'hour'), rest > 0 && count(rest, 'minute')].filter(Boolean);
	return `About ${words.join(' ')} left`;
}

/** 12_300_000 → "12.3 MB/s" */
export function speedLine(bytesPerSecond: number): string {
	return `${formatBytes(bytesPerSecond)}/s`;
}

function roundTo(minutes: number): number {
	if (minutes < 1) return 0;
	const step = stepAt(minutes);
	return Math.round(minutes / step) * step;
}

function stepAt(minutes: number): number {
	if (minutes < 60) return 1;
	return minutes < 600 ? 5 : 60;
}
