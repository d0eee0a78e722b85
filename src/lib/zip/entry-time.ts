/** An entry's time of change, as its header says it. */
export interface EntryTime {
	/** Local time to two seconds, as MS-DOS wrote it: the date in the upper 16 bits, the time in the lower. */
	dosTime: number;
	/** Seconds since 1970 in UTC, or `null` where 31 bits can't say it. */
	unixTime: number | null;
}

/**
 * This machine's local time for unpackers that know no time zones, and UTC for those that do. DOS time lasts from 1980
 * to 2107 and is held within it. Source: APPNOTE 4.4.6.
 */
export function entryTime(date: Date): EntryTime {
	const seconds = Math.floor(date.getTime() / 1000);
	return {
		dosTime: dosTime(date),
		unixTime: seconds >= 0 && seconds <= 0x7fff_ffff ? seconds : null,
	};
}

function dosTime(date: Date): number {
	const year = date.getFullYear() - 1980;
	if (year < 0) return pack(0, 1, 1, 0, 0, 0);
	if (year > 127) return pack(127, 12, 31, 23, 59, 58);
	return pack(
		year,
		date.getMonth() + 1,
		date.getDate(),
		date.getHours(),
		date.getMinutes(),
		date.getSeconds(),
	);
}

function pack(
	year: number,
	month: number,
	day: number,
	hours: number,
	minutes: number,
	seconds: number,
): number {
	const upper = (year << 9) | (month << 5) | day;
	const lower = (hours << 11) | (minutes << 5) | (seconds >> 1);
	return upper * 0x10000 + lower;
}
