import { describe, expect, test } from 'vitest';
import { previewChange, toMark, toNote, toRestore, toUndo, type Change } from '$lib/actioned/changes';
import { actionedAt, type Marker } from '$lib/actioned/marker';
import { byShoot } from '$lib/actioned/marker-map';
import { marker } from './marker-helpers.ts';

const now = 5_000;
const undone = marker('a', { state: 'undone', note: 'sent' });

/** What a change makes of one shoot's marker. */
function after({ shootIds, apply }: Change, existing: Marker | undefined): Marker | undefined {
	return apply(shootIds[0]!, existing);
}

describe('a mark', () => {
	const handed = { shootId: 'a', photoId: 'photo-2', email: 'ada@example.com', name: 'Ada' };

	test('of a shoot that has none makes one', () => {
		expect(after(toMark('acme', [handed], now), undefined)).toEqual({
			organization: 'acme',
			state: 'actioned',
			at: now,
			note: '',
			...handed,
		});
	});

	test('of one that was undone marks it again, with its note', () => {
		expect(after(toMark('acme', [handed], now), undone)).toMatchObject({
			state: 'actioned',
			at: now,
			note: 'sent',
		});
	});

	test('is later than what another tab wrote meanwhile, so that the last press wins', () => {
		expect(after(toMark('acme', [handed], now), marker('a', { at: 9_000 }))?.at).toBe(9_001);
	});

	test('again is of now, whenever it was actioned before', () => {
		const before = marker('a', { at: 3_000, actionedAt: 1_000 });
		expect(actionedAt(after(toMark('acme', [handed], now), before)!)).toBe(now);
	});

	test('that gives one back as it was is of then, and still wins', () => {
		const back = after(toMark('acme', [{ ...handed, actionedAt: 1_000 }], now), undone)!;
		expect([back.at, actionedAt(back)]).toEqual([now, 1_000]);
	});

	test('names each shoot once', () => {
		expect(toMark('acme', [handed, { ...handed, shootId: 'b' }, handed], now).shootIds).toEqual(['a', 'b']);
	});
});

describe('an undo', () => {
	test('leaves the note and everything else', () => {
		expect(after(toUndo(['a'], now), marker('a', { note: 'sent' }))).toEqual({ ...undone, at: now });
	});

	test('is later than what it undoes', () => {
		expect(after(toUndo(['a'], now), marker('a', { at: 9_000 }))?.at).toBe(9_001);
	});

	test.each([
		['that is undone', undone],
		['that never was', undefined],
	])('leaves one alone %s', (_, existing) => {
		expect(after(toUndo(['a'], now), existing)).toBe(existing);
	});

	test('names each shoot once', () => {
		expect(toUndo(['a', 'b', 'a'], now).shootIds).toEqual(['a', 'b']);
	});
});

describe('a note', () => {
	test('is kept as it is tidied, with its time; it was actioned when it was', () => {
		const noted = after(toNote('a', ' sent\n', now), marker('a'))!;
		expect(noted).toEqual(marker('a', { note: 'sent', at: now, actionedAt: 1_000 }));
		const again = after(toNote('a', 'sent by post', 6_000), noted)!;
		expect([again.at, actionedAt(again)]).toEqual([6_000, 1_000]);
	});

	test('that is empty removes the one there was', () => {
		expect(after(toNote('a', '  ', now), marker('a', { note: 'sent' }))?.note).toBe('');
	});

	test('that is no other changes nothing, not even the time', () => {
		expect(after(toNote('a', 'sent ', now), undone)).toBe(undone);
	});

	test('is of one shoot', () => expect(toNote('a', 'sent', now).shootIds).toEqual(['a']));

	test('needs a marker', () => expect(after(toNote('a', 'sent', now), undefined)).toBeUndefined());

	test('is later than what it replaces', () => {
		expect(after(toNote('a', 'sent', now), marker('a', { at: 9_000 }))?.at).toBe(9_001);
	});
});

describe('a restore', () => {
	const backup = marker('a', { note: 'from the backup', at: 2_000 });

	test('brings what is missing', () => {
		expect(after(toRestore('acme', [backup]), undefined)).toBe(backup);
	});

	test('wins over what is older, and not over what is newer', () => {
		expect(after(toRestore('acme', [backup]), marker('a'))).toBe(backup);
		const newer = marker('a', { at: 3_000 });
		expect(after(toRestore('acme', [backup]), newer)).toBe(newer);
	});

	test('leaves out markers of other organizations', () => {
		const { shootIds } = toRestore('acme', [marker('x', { organization: 'zeta' }), backup, marker('b')]);
		expect(shootIds).toEqual(['a', 'b']);
	});
});

test('a preview holds what is new, and nothing that stays', () => {
	const map = byShoot([marker('a'), { ...undone, shootId: 'b' }]);
	const shown = previewChange(map, toUndo(['a', 'b', 'c'], now));
	expect([...shown]).toEqual([['a', marker('a', { state: 'undone', at: now })]]);
});
