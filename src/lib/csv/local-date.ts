/** YYYY-MM-DD by the admin's own calendar; empty for a time that no calendar has. `time` in ms since the epoch. */
export function localDate(time: number): string {
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return '';
	const pad = (value: number, width: number) => String(value).padStart(width, '0');
	return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
}

/** `members-YYYY-MM-DD.csv` */
export function exportFilename(time: number): string {
	return `members-${localDate(time)}.csv`;
}
