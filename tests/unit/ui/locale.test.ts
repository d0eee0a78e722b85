import { afterEach, expect, test, vi } from 'vitest';
import { formatDate } from '$lib/ui/dates';
import { observeLocale, setLocale } from '$lib/ui/locale';
import { count } from '$lib/ui/numbers';

afterEach(() => setLocale(null));

const time = new Date(2026, 10, 24, 12).getTime();
const written = () => [formatDate(time), count(1234, 'file')];

test('dates and numbers are American, unless another place is asked for', () => {
	expect(written()).toEqual(['Nov 24, 2026', '1,234 files']);
	setLocale('de-DE');
	expect(written()).toEqual(['24.11.2026', '1.234 files']);
	setLocale(null);
	expect(written()).toEqual(['Nov 24, 2026', '1,234 files']);
});

test('what is no locale is said, and changes nothing but back', () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	setLocale('de-DE');
	setLocale('no such place');
	expect(written()).toEqual(['Nov 24, 2026', '1,234 files']);
	expect(warn).toHaveBeenCalledOnce();
	warn.mockRestore();
});

test('whoever observes hears of each reading and of each change, once that is done', () => {
	const read = vi.fn();
	const seen: unknown[] = [];
	observeLocale(read, () => seen.push(formatDate(time)));
	formatDate(time);
	expect(read).toHaveBeenCalledOnce();
	setLocale('en-GB');
	expect(seen).toEqual(['24 Nov 2026']);
});
