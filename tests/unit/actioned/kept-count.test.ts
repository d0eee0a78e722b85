import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepCount, keptCount } from '$lib/actioned/kept-count';

let kept: Map<string, string>;

beforeEach(() => {
	kept = new Map();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
	});
});
afterEach(() => vi.unstubAllGlobals());

test('the count of each organization is kept apart, and read back', () => {
	keepCount('acme', 12);
	keepCount('zeta', 0);
	expect([keptCount('acme'), keptCount('zeta'), keptCount('nobody')]).toEqual([12, 0, null]);
});

test('under a key that tells whose it is', () => {
	keepCount('acme', 12);
	expect([...kept]).toEqual([['headshot-admin:markers:acme', '12']]);
});

test.each(['', 'many', '-1', '1.5', ' 7', '7 ', '1234567890', 'NaN'])('"%s" is no count', (text) => {
	kept.set('headshot-admin:markers:acme', text);
	expect(keptCount('acme')).toBeNull();
});

test('the largest has nine digits', () => {
	keepCount('acme', 999_999_999);
	expect(keptCount('acme')).toBe(999_999_999);
});
