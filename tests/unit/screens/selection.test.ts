import { expect, test } from 'vitest';
import { Selection } from '$lib/screens/headshots/selection.svelte';

const order = ['a', 'b', 'c', 'd', 'e'];

function after(...presses: [id: string, range?: 'range'][]): string[] {
	const selection = new Selection();
	for (const [id, range] of presses) selection.toggle(id, range !== undefined, order);
	return [...selection.ids].sort();
}

test('a press picks one, another lets go of it', () => {
	expect(after(['b'])).toEqual(['b']);
	expect(after(['b'], ['b'])).toEqual([]);
});

test('Shift picks all between, in either direction', () => {
	expect(after(['b'], ['d', 'range'])).toEqual(['b', 'c', 'd']);
	expect(after(['d'], ['b', 'range'])).toEqual(['b', 'c', 'd']);
	expect(after(['a'], ['c', 'range'], ['e', 'range'])).toEqual(order);
});

test('Shift on one that is picked lets go of all between', () => {
	expect(after(['a'], ['e', 'range'], ['c', 'range'])).toEqual(['a', 'b']);
});

test('Shift without a first one, or with one that is out of sight, is a press', () => {
	expect(after(['c', 'range'])).toEqual(['c']);
	const selection = new Selection();
	selection.toggle('gone', false, ['gone']);
	selection.toggle('c', true, order);
	expect([...selection.ids]).toEqual(['gone', 'c']);
});

test('all, and none', () => {
	const selection = new Selection();
	selection.all(order);
	expect([selection.size, selection.has('e')]).toEqual([5, true]);
	selection.clear();
	expect([selection.size, selection.has('e')]).toEqual([0, false]);
});
