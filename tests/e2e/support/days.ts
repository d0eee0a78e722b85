/** `YYYY-MM-DD` by the admin's own calendar. @param time ms since the epoch, or ISO time */
export function day(time: number | string = Date.now()): string {
	const date = new Date(time);
	const pad = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
