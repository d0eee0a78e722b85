import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedToWait, backoff, rateLimitReset } from '$lib/net/retry-after';

const now = Date.UTC(2026, 10, 24, 12);

function asked(headers: Record<string, string>): number | null {
	return askedToWait(new Headers(headers), now);
}

describe('the backoff', () => {
	test('doubles with each try, up to its cap, and jitters all the way down to zero', () => {
		const most = [1, 2, 3, 4, 5, 20].map((nth) => backoff(nth, 500, 3000, () => 1));
		expect(most).toEqual([500, 1000, 2000, 3000, 3000, 3000]);
		expect(backoff(4, 500, 3000, () => 0)).toBe(0);
		expect(backoff(2, 500, 3000, () => 0.25)).toBe(250);
	});

	test('stays within its bounds, whatever the try, base and cap', () => {
		const count = fc.integer({ min: 1, max: 2000 });
		fc.assert(
			fc.property(count, fc.double({ min: 1, max: 1e6, noNaN: true }), count, (nth, base, cap) => {
				const ms = backoff(nth, base, cap);
				expect(ms).toBeGreaterThanOrEqual(0);
				expect(ms).toBeLessThanOrEqual(Math.min(cap, base * 2 ** (nth - 1)));
			}),
		);
	});

	test('differs from one caller to the next', () => {
		const waits = Array.from({ length: 20 }, () => backoff(3, 500, 20_000));
		expect(new Set(waits).size).toBeGreaterThan(10);
	});
});

describe('Retry-After', () => {
	test.each([
		['seconds', '2', 2000],
		['no time at all', '0', 0],
		['seconds with spaces around', ' 120 ', 120_000],
		['more seconds than anybody waits', '9'.repeat(400), Infinity],
		['a date', 'Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
		['a date of the old form', 'Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
		["a date of C's form", 'Tue Nov 24 12:00:30 2026 GMT', 30_000],
		['a date that has passed', 'Tue, 24 Nov 2026 11:00:00 GMT', 0],
	])('%s', (_, text, ms) => expect(asked({ 'retry-after': text })).toBe(ms));

	test.each(['', 'soon', '-5', '1.5', '1e3', '0x10', '2 s', 'Infinity', 'NaN'])(
		'"%s" says nothing, so that the caller backs off instead of calling again at once',
		(text) => expect(asked({ 'retry-after': text })).toBeNull(),
	);
});

describe('given a server whose clock is another', () => {
	const date = 'Tue, 24 Nov 2026 12:10:00 GMT';

	test('its own time counts', () => {
		expect(asked({ date, 'retry-after': 'Tue, 24 Nov 2026 12:10:30 GMT' })).toBe(30_000);
		expect(asked({ date, 'x-ratelimit-reset': '2026-11-24T12:10:10.500Z' })).toBe(10_600);
	});

	test.each(['Tue, 24 Nov 2026 12:00:02 GMT', 'Tue, 24 Nov 2026 11:59:58 GMT', 'today'])(
		'by no more than %s, ours counts: it knows the ms',
		(date) => expect(asked({ date, 'x-ratelimit-reset': '2026-11-24T12:00:10.500Z' })).toBe(10_600),
	);
});

describe('X-RateLimit-Reset', () => {
	test("waits until then, and 100 ms more as the vendor's sample does", () => {
		const headers = new Headers({ 'x-ratelimit-reset': '2026-11-24T12:00:10.500Z' });
		expect(rateLimitReset(headers, now)).toBe(10_600);
		expect(askedToWait(headers, now)).toBe(10_600);
	});

	test('one that has passed still waits the 100 ms', () => {
		expect(asked({ 'x-ratelimit-reset': '2026-11-24T11:00:00Z' })).toBe(100);
	});

	test('Retry-After goes first; where it says nothing, the reset counts', () => {
		const reset = { 'x-ratelimit-reset': '2026-11-24T12:00:10Z' };
		expect(asked({ ...reset, 'retry-after': '3' })).toBe(3000);
		expect(asked({ ...reset, 'retry-after': 'later' })).toBe(10_100);
	});

	test.each(['', 'soon', 'NaN'])('"%s" says nothing', (text) => {
		expect(asked({ 'x-ratelimit-reset': text })).toBeNull();
	});

	test('nothing at all says nothing', () => expect(asked({})).toBeNull());
});
