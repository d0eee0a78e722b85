import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { expect, test } from 'vitest';
import { data, showScreen } from './screen-helpers.svelte.ts';

test('a search counts nobody again but whom it finds', async () => {
	const { headshots, show } = await showScreen({ answers: [data()] });
	const before = [headshots.shoots, headshots.people, headshots.counts, headshots.concerns];
	const { finished } = headshots;
	show({ q: 'a@example' });
	await expect.poll(() => headshots.finished.length).toBe(1);
	expect(headshots.finished).not.toBe(finished);
	const after = [headshots.shoots, headshots.people, headshots.counts, headshots.concerns];
	expect(after.map((value, n) => value === before[n])).toEqual([true, true, true, true]);
});
