/** 2026-11-24, by the admin's own calendar; empty for a time that no calendar has. `time` in ms since the epoch. */
export function isoDate(time: number): string {
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return '';
	const pad = (value: number, width: number) => String(value).padStart(width, '0');
	return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
}
