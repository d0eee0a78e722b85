import { expect, test } from 'vitest';
import { createRedactor, parseKey } from '../../../src/gateway/credentials.ts';
import { rewriteAnswer } from '../../../src/gateway/rewrite-urls.ts';

const rules = {
	redact: (text: string) => text.replaceAll('KEY', '[redacted]'),
	carry: (url: string) => (url.startsWith('https:') ? `carried:${url}` : null),
};
const rewrite = (json: string) => rewriteAnswer(JSON.parse(json), rules);

test('photo URLs are carried wherever an answer has them, and nothing else is', () => {
	const photo = { id: 'https://id', urls: { main: 'https://m', thumbnail: 'https://t', other: 'https://o' } };
	const answer = {
		success: true,
		website: 'https://acme.example',
		url: 'https://plain',
		main: 'https://plain',
		photos: [{ ...photo, profilePicture: { url: 'https://p', width: 512, expiresAt: null } }, { urls: null }],
		photo: { urls: { original: 'https://o' } },
		profilePicture: null,
	};
	expect(rewrite(JSON.stringify(answer))).toEqual({
		...answer,
		photos: [
			{
				id: 'https://id',
				urls: { main: 'carried:https://m', thumbnail: 'carried:https://t', other: 'https://o' },
				profilePicture: { url: 'carried:https://p', width: 512, expiresAt: null },
			},
			{ urls: null },
		],
		photo: { urls: { original: 'carried:https://o' } },
	});
});

test('a photo URL that can’t be carried stays as it is', () => {
	expect(rewrite('{"urls":{"main":"ftp://x","original":7,"thumbnail":{"main":"https://x"}}}')).toEqual({
		urls: { main: 'ftp://x', original: 7, thumbnail: { main: 'https://x' } },
	});
});

test('hostile JSON changes no prototype and exhausts no stack', () => {
	const copy = rewrite('{"__proto__":{"urls":{"main":"https://m"}},"urls":["https://x"]}') as object;
	expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
	expect(JSON.stringify(copy)).toBe(
		'{"__proto__":{"urls":{"main":"carried:https://m"}},"urls":["https://x"]}',
	);
	expect(() => rewrite('['.repeat(50_000) + ']'.repeat(50_000))).toThrow(RangeError);
});

test('the key is taken out of values, names and photo URLs', () => {
	const copy = rewrite('{"error":"bad KEY","KEY":1,"urls":{"main":"https://x/?k=KEY"}}');
	expect(JSON.stringify(copy)).not.toContain('KEY');
	expect(copy).toMatchObject({ urls: { main: 'carried:https://x/?k=[redacted]' } });
});

test('the key is found in every spelling, a numeric one in numbers, too', () => {
	const key = 'k+y/"\\=1';
	const redact = createRedactor(key);
	for (const spelling of [
		key,
		encodeURIComponent(key),
		JSON.stringify(key),
		Buffer.from(key).toString('base64'),
	])
		expect(redact(`a ${spelling} z`).replaceAll('"', '')).toBe('a [redacted] z');
	const numeric = { ...rules, redact: createRedactor('12345678') };
	expect(rewriteAnswer({ id: 12345678, n: 5 }, numeric)).toEqual({ id: null, n: 5 });
});

test('a key is trimmed, and one that can’t be is refused without being quoted', () => {
	expect(parseKey('  hsp_abc\n')).toBe('hsp_abc');
	for (const text of ['', ' \n', 'se cret', 'se\ncret', 'se\u0000cret', 'secrét', 'se\u200bcret']) {
		expect(() => parseKey(text)).toThrow('API key');
		expect(() => parseKey(text)).not.toThrow(/se.?c|cret/);
	}
});
