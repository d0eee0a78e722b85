import { expect, test } from 'vitest';
import { formatDate, formatMoment, formatTime } from '$lib/ui/dates';
import { isoDate } from '$lib/ui/iso-date';

test('dates and times are those of the admin’s own calendar and clock', () => {
	const time = new Date(2026, 10, 24, 19, 5).getTime();
	expect(formatDate(time)).toBe('Nov 24, 2026');
	expect(formatTime(time)).toBe('19:05');
	expect(isoDate(time)).toBe('2026-11-24');
});

test('a moment of today is a time, any other one a day as well', () => {
	const time = new Date(2026, 10, 24, 14, 5).getTime();
	expect(formatMoment(time, time + 60_000)).toBe('14:05');
	expect(formatMoment(time, time + 24 * 3600_000)).toBe('Nov 24, 14:05');
});

test('a time that no calendar has is no date', () => {
	expect([isoDate(NaN), isoDate(Infinity), isoDate(9e15)]).toEqual(['', '', '']);
});
