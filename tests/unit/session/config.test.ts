import { describe, expect, test } from 'vitest';
import { readConfig, sourceOf } from '$lib/session/config';

const origin = 'https://app.example.com';

function read(settings: unknown) {
	return readConfig(JSON.stringify(settings), origin);
}

const usual = {
	concurrency: 6,
	maxArchiveBytes: 1e9,
	memoryBytes: 33_554_432,
	flushBytes: 16_777_216,
	tries: 4,
	pauses: 12,
	backoffMs: 500,
	backoffCapMs: 20_000,
	pauseCapMs: 300_000,
	stallMs: 30_000,
	probeMs: 2_000,
};

describe('given no settings', () => {
	test.each(['', '{}'])('"%s": the dashboard’s own backend, with the usual patience', (json) => {
		expect(readConfig(json, origin)).toEqual({
			apiBase: 'https://app.example.com/api/v2',
			source: { kind: 'dashboard', label: 'HeadshotPro' },
			limits: usual,
		});
	});
});

describe('where the backend is', () => {
	test.each([
		['/api/v2', 'https://app.example.com/api/v2'],
		['/api/v2/', 'https://app.example.com/api/v2'],
		['/api/v2//', 'https://app.example.com/api/v2'],
		['/', 'https://app.example.com'],
		['api/v2', 'https://app.example.com/api/v2'],
		['https://server.headshotpro.com/api/v2', 'https://server.headshotpro.com/api/v2'],
		['https://server.headshotpro.com', 'https://server.headshotpro.com'],
		['//server.headshotpro.com/api', 'https://server.headshotpro.com/api'],
		['http://127.0.0.1:4000/api/v2/', 'http://127.0.0.1:4000/api/v2'],
	])('%s → %s', (apiBase, absolute) => expect(read({ apiBase }).apiBase).toBe(absolute));

	test.each([
		['a user name and password in it', 'https://user:secret@app.example.com/api'],
		['a user name in it', 'https://user@app.example.com/api'],
		['a password in it', 'https://:secret@app.example.com/api'],
		['no host', 'https://'],
		['a broken host', 'https://a b/api'],
		['a script', 'javascript:alert(1)'],
		['a file', 'file:///etc/passwd'],
		['data', 'data:text/plain,hi'],
		['ftp', 'ftp://app.example.com/'],
		['a query, behind which no path can be put', '/api/v2?key=1'],
		['a fragment, behind which no path can be put', '/api/v2#top'],
	])('%s is refused, and the sentence does not repeat it', (_, apiBase) => {
		expect(() => read({ apiBase })).toThrow(/^The page's settings are wrong \(.*apiBase\): .+\.$/);
		expect(() => read({ apiBase })).not.toThrow(/secret/);
	});
});

describe('what is kept of the members is found again', () => {
	const key = (settings: object) => sourceOf(read(settings));

	test('by a dashboard’s address, whatever it calls itself', () => {
		expect(key({})).toBe('https://app.example.com/api/v2');
		expect(key({ source: { kind: 'dashboard', label: 'Acme' } })).toBe('https://app.example.com/api/v2');
	});

	test('only where it came from: made-up ones, and each API behind a gateway, are told apart', () => {
		const keys = [
			key({}),
			key({ source: { kind: 'stand-in', label: '' } }),
			key({ source: { kind: 'gateway', label: 'server.headshotpro.com' } }),
			key({ source: { kind: 'gateway', label: 'localhost:3000' } }),
			key({ apiBase: '/api', source: { kind: 'stand-in', label: '' } }),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('a wrong setting gives a sentence that names it', () => {
	const sentence = (where: string) =>
		new RegExp(`^The page's settings are wrong \\(headshot-admin-config, ${where}\\): .+`);

	test.each<[string, unknown]>([
		['apiBase', { apiBase: 7 }],
		['apiBase', { apiBase: null }],
		['source.kind', { source: { kind: 'evil', label: 'x' } }],
		['source.label', { source: { kind: 'gateway' } }],
		['source', { source: 'gateway' }],
		['limits', { limits: 7 }],
		['as a whole', null],
		['as a whole', 'text'],
		['as a whole', 7],
	])('%s: %j', (where, settings) => expect(() => read(settings)).toThrow(sentence(where)));

	const wrong: Record<string, unknown[]> = {
		concurrency: [0, 7, 1.5, -1, '6', null],
		maxArchiveBytes: [0, -1, 1e10, '1e9'],
		memoryBytes: [0, -1, 1e10, '1e9'],
		flushBytes: [0, -1, 16_777_217, '1e6'],
		tries: [0, 101, 2.5, '4'],
		pauses: [0, 101, 2.5],
		backoffMs: [0, -1, 1e9, '500'],
		backoffCapMs: [0, 1e9],
		pauseCapMs: [0, 1e9],
		stallMs: [0, 1e9, null],
		probeMs: [0, 1e9],
	};
	test.each(Object.entries(wrong).flatMap(([key, values]) => values.map((value) => [key, value] as const)))(
		'limits.%s: %j',
		(key, value) => expect(() => read({ limits: { [key]: value } })).toThrow(sentence(`limits.${key}`)),
	);

	test.each(['{', 'nonsense', "{'apiBase': 1}", '{} {}'])('no JSON: %s', (json) => {
		expect(() => readConfig(json, origin)).toThrow(
			"The page's settings are not JSON (headshot-admin-config).",
		);
	});
});

test('what is set is taken, what is not set stays, and what nobody knows is ignored', () => {
	const { limits, source } = read({
		source: { kind: 'stand-in', label: 'Try-out' },
		limits: { concurrency: 2, stallMs: 500 },
		nonsense: true,
	});
	expect(source).toEqual({ kind: 'stand-in', label: 'Try-out' });
	expect(limits).toEqual({ ...usual, concurrency: 2, stallMs: 500 });
});

test('settings that would poison an object do nothing', () => {
	const config = readConfig('{"__proto__":{"apiBase":"https://evil.example"},"constructor":1}', origin);
	expect(config.apiBase).toBe('https://app.example.com/api/v2');
	expect(({} as { apiBase?: string }).apiBase).toBeUndefined();
});
