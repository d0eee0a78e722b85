import { describe, expect, test, vi } from 'vitest';
import { backupFilename, readBackup, writeBackup } from '$lib/actioned/backup';
import { marker } from './marker-helpers.ts';

const now = Date.UTC(2026, 10, 24, 12);
const DAY = 24 * 60 * 60 * 1000;
const acme = { uid: 'acme', name: 'Acme' };

const file = (content: unknown) => new Blob([JSON.stringify(content)]);
const backup = (change: object) =>
	file({
		format: 'headshot-admin-markers',
		version: 1,
		organization: acme,
		savedAt: null,
		markers: [marker('a')],
		...change,
	});
const read = (blob: Blob) => readBackup(blob, 'acme', { now });

/** Reads a backup of these entries. */
async function readEntries(entries: unknown[]) {
	const reading = await read(backup({ markers: entries }));
	if (reading.kind === 'bad') return reading.reason;
	return { shoots: reading.markers.map(({ shootId }) => shootId), skipped: reading.skipped };
}

describe('a backup that this page wrote', () => {
	test('comes back as it was, with the undone ones', async () => {
		const markers = [
			marker('a', { note: 'Größe “M”\u0000\ud800', actionedAt: 500 }),
			marker('b', { state: 'undone' }),
		];
		const blob = writeBackup(markers, { organization: acme, now });
		expect(await read(blob)).toEqual({ kind: 'ok', markers, skipped: 0, savedAt: now });
	});

	test('is one for older versions of the page, too, which know of one time only', async () => {
		const blob = writeBackup([marker('a', { actionedAt: 500 })], { organization: acme, now });
		expect(JSON.parse(await blob.text())).toMatchObject({ version: 1, markers: [{ at: 1_000 }] });
	});

	test('is JSON that a person can read', async () => {
		const blob = writeBackup([marker('a')], { organization: acme, now });
		expect(blob.type).toBe('application/json');
		expect(await blob.text()).toContain('\n\t"organization": {\n\t\t"uid": "acme",\n');
	});

	test('is named after the day', () => {
		expect(backupFilename(new Date(2026, 0, 5, 23, 59).getTime())).toBe('actioned-2026-01-05.json');
	});

	test('of thousands is read in portions, and tells how far it has come', async () => {
		const markers = Array.from({ length: 5_000 }, (_, index) => marker(`shoot-${index}`));
		const onprogress = vi.fn();
		const reading = await readBackup(writeBackup(markers, { organization: acme, now }), 'acme', {
			now,
			onprogress,
		});
		expect(reading).toMatchObject({ kind: 'ok', skipped: 0 });
		expect(onprogress.mock.calls).toEqual([[0.4], [0.8]]);
		expect(await read(writeBackup(markers, { organization: acme, now }))).toEqual(reading);
	});
});

describe('a file that is no backup of this organization', () => {
	test.each<[string, Blob, RegExp]>([
		['empty', new Blob([]), /not JSON/],
		['cut in the middle', new Blob([JSON.stringify([marker('a')]).slice(0, 20)]), /not JSON/],
		['a picture', new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]), /not JSON/],
		['nested without end', new Blob(['['.repeat(5_000_000)]), /not JSON/],
		['null', file(null), /not a backup of markers/],
		['a list', file([marker('a')]), /not a backup of markers/],
		['another format', backup({ format: 'roster' }), /not a backup of markers/],
		['no version', backup({ version: undefined }), /not a backup of markers/],
		['a version in words', backup({ version: '1' }), /not a backup of markers/],
		['a newer version', backup({ version: 2, markers: 'elsewhere' }), /newer version of this page/],
		['another organization', backup({ organization: { uid: 'zeta', name: 'Zeta' } }), /backup of Zeta,/],
		['nobody’s', backup({ organization: { uid: 'zeta', name: 7 } }), /of another organization,/],
		['without a list', backup({ markers: { 0: marker('a') } }), /holds no markers/],
		['with an empty list', backup({ markers: [] }), /no markers in this backup/],
		['with nothing whole', backup({ markers: [1, null] }), /none of its 2 entries can be read/],
		['with one that is not whole', backup({ markers: [1] }), /none of its 1 entry can be read/],
	])('%s: a sentence says why', async (_, blob, reason) => {
		expect(await read(blob)).toEqual({ kind: 'bad', reason: expect.stringMatching(reason) });
	});

	test('enormous: refused before a byte of it is read', async () => {
		const blob = backup({});
		Object.defineProperty(blob, 'size', { value: 50_000_001 });
		const text = vi.spyOn(blob, 'text');
		expect(await read(blob)).toMatchObject({ kind: 'bad', reason: expect.stringContaining('too large') });
		expect(text).not.toHaveBeenCalled();
	});

	test('of an organization whose name is endless: it is cut', async () => {
		const blob = backup({ organization: { uid: 'zeta', name: 'z'.repeat(200) } });
		expect(await read(blob)).toMatchObject({
			reason: expect.stringContaining(` of ${'z'.repeat(100)}, whose`),
		});
	});

	test('just as large as one may be: it is read', async () => {
		const blob = backup({});
		Object.defineProperty(blob, 'size', { value: 50_000_000 });
		expect(await read(blob)).toMatchObject({ kind: 'ok' });
	});

	test('gone since it was chosen', async () => {
		const blob = backup({});
		vi.spyOn(blob, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
		expect(await read(blob)).toMatchObject({
			kind: 'bad',
			reason: expect.stringContaining('Choose it again'),
		});
	});
});

describe('markers that were made while the clock was far ahead', () => {
	const ahead = [marker('a', { at: now + 2 * DAY }), marker('b', { at: Date.UTC(10_000, 0) - 1 })];
	const times = async (change: object) => {
		const reading = await read(backup({ markers: ahead, ...change }));
		return reading.kind === 'ok' ? [reading.markers.map(({ at }) => at), reading.skipped] : reading.reason;
	};

	test('come back as of when they were saved: what was done since wins', async () => {
		const savedAt = now - 30 * DAY;
		expect(await times({ savedAt: new Date(savedAt).toISOString() })).toEqual([[savedAt, savedAt], 0]);
	});

	test('were not actioned later than that, either', async () => {
		const markers = [marker('a', { at: now + 3 * DAY, actionedAt: now + 2 * DAY })];
		expect(await read(backup({ markers }))).toMatchObject({ markers: [{ at: now, actionedAt: now }] });
	});

	test.each([
		['was not told', null],
		['is no time', 'yesterday'],
		['is ahead as well', new Date(now + DAY).toISOString()],
		['was before all clocks', new Date(-1).toISOString()],
	])('come back as of now, where the time of saving %s', async (_, savedAt) => {
		expect(await times({ savedAt })).toEqual([[now, now], 0]);
	});

	test('hold by their order, and beside one of a right clock', async () => {
		const [older, newer] = [
			marker('a', { at: now + 3 * DAY }),
			marker('a', { at: now + 4 * DAY, note: 'newer' }),
		];
		const reading = await read(backup({ markers: [newer, older, marker('b')] }));
		expect(reading).toMatchObject({ markers: [{ ...newer, at: now }, marker('b')], skipped: 0 });
	});
});

describe('damaged entries', () => {
	test.each<[string, unknown]>([
		['no object', 'a'],
		['null', null],
		['a nested list', [[marker('b')]]],
		['without an id', { ...marker('b'), shootId: '' }],
		['with a number for an id', { ...marker('b'), shootId: 7 }],
		['with an id of a megabyte', marker('x'.repeat(1_000_000))],
		['with a note beyond 500 characters', marker('b', { note: 'x'.repeat(501) })],
		['with a name of a megabyte', marker('b', { name: 'x'.repeat(1_000_000) })],
		['in a state that is none', { ...marker('b'), state: 'deleted' }],
		['of no time', marker('b', { at: NaN })],
		['of a fraction', marker('b', { at: 1.5 })],
		['of a negative time', marker('b', { at: -1 })],
		['of a time beyond all numbers', marker('b', { at: 1e300 })],
		['actioned at no time', marker('b', { actionedAt: NaN })],
		['of a time that no clock shows', marker('b', { at: Date.UTC(10_000, 0) })],
		['of a time in microseconds', marker('b', { at: now * 1_000 })],
		['of another organization', marker('b', { organization: 'zeta' })],
	])('%s: left out and counted', async (_, entry) => {
		expect(await readEntries([marker('a'), entry])).toEqual({ shoots: ['a'], skipped: 1 });
	});

	test('a clock that differs by some hours is none, and the time stays', async () => {
		for (const ahead of [3_600_000, DAY]) {
			const markers = [marker('a', { at: now + ahead })];
			expect(await read(backup({ markers }))).toMatchObject({ markers, skipped: 0 });
		}
	});

	test('none was actioned after it had changed last', async () => {
		const reading = await read(backup({ markers: [marker('a', { actionedAt: 2_000 })] }));
		expect(reading).toMatchObject({ markers: [marker('a', { actionedAt: 1_000 })], skipped: 0 });
	});

	test('keys of the prototype are ids like others, and change no object', async () => {
		const entry = JSON.stringify(marker('__proto__')).replace(
			'{',
			'{"__proto__":{"polluted":1},"constructor":1,',
		);
		const reading = await read(
			new Blob([
				`{"format":"headshot-admin-markers","version":1,"__proto__":{"x":1},"organization":{"uid":"acme"},"markers":[${entry}]}`,
			]),
		);
		expect(reading).toEqual({ kind: 'ok', markers: [marker('__proto__')], skipped: 0, savedAt: null });
		expect({}).not.toHaveProperty('polluted');
	});

	test('of two for one shoot the newest holds', async () => {
		const newer = marker('a', { at: now, note: 'newer' });
		expect(await read(backup({ markers: [newer, marker('a')] }))).toMatchObject({ markers: [newer] });
	});
});
