import { inLocale } from '$lib/ui/locale';

/** ms since the epoch → "Nov 24, 2026", by the admin's own calendar; `null` for none, and for one that is no date. */
export function formatDate(time: number | null): string | null {
	return time === null || Number.isNaN(new Date(time).getTime()) ? null : inLocale().date.format(time);
}
