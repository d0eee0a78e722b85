/** `team-photos-YYYY-MM-DD.zip`, by the admin's own calendar. `time` in ms since the epoch. */
export function archiveFilename(time: number): string {
	const now = new Date(time);
	const pad = (value: number, width: number) => String(value).padStart(width, '0');
	return `team-photos-${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}.zip`;
}
