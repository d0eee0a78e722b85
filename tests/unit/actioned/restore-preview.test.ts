import { expect, test } from 'vitest';
import { byShoot } from '$lib/actioned/marker-map';
import { previewInWords, previewRestore, type RestorePreview } from '$lib/actioned/restore-preview';
import { marker } from './marker-helpers.ts';

const now = 2_000;

test('the preview counts what a restore would do', () => {
	const current = byShoot([
		marker('stays'),
		marker('keeps the newer', { at: now }),
		marker('gets another note'),
		marker('gets undone'),
		marker('comes back', { state: 'undone' }),
		marker('stays undone', { state: 'undone' }),
		marker('is in no backup'),
	]);
	const incoming = [
		marker('stays'),
		marker('keeps the newer', { note: 'older' }),
		marker('gets another note', { at: now, note: 'sent' }),
		marker('gets undone', { at: now, state: 'undone' }),
		marker('comes back', { at: now }),
		marker('stays undone', { at: now, state: 'undone' }),
		marker('is new'),
		marker('is new and undone', { state: 'undone' }),
		marker('is new as well'),
	];
	expect(previewRestore(current, incoming)).toEqual({ added: 3, changed: 1, undone: 1, unchanged: 4 });
});

test.each<[RestorePreview, number, string]>([
	[
		{ added: 1200, changed: 3, undone: 1, unchanged: 40 },
		2,
		'1,200 will be added, 3 changed, 1 undone, 40 stay as they are; 2 entries could not be read.',
	],
	[{ added: 0, changed: 0, undone: 2, unchanged: 1 }, 0, '2 will be undone, 1 stays as it is.'],
	[{ added: 1, changed: 0, undone: 0, unchanged: 0 }, 0, '1 will be added.'],
	[{ added: 0, changed: 0, undone: 0, unchanged: 3 }, 1, '3 stay as they are; 1 entry could not be read.'],
])('%o, %d skipped, in words', (preview, skipped, words) => {
	expect(previewInWords(preview, skipped)).toBe(words);
});
