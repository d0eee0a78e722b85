import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concerns } from '$lib/members/attention';
import { sorts } from '$lib/members/arrange';
import { readView, tabs, wholeView, writeView, type View } from '$lib/screens/headshots/view';

const read = (query: string) => readView(new URLSearchParams(query));

test('an address without a query is the whole view, and the other way round', () => {
	expect(read('')).toEqual(wholeView);
	expect(writeView(wholeView)).toBe('');
});

test('every part of a view is in the address', () => {
	const view: View = { team: 't 1', tab: 'attention', q: 'a&b', sort: 'name', why: 'changed', tests: true };
	expect(writeView(view)).toBe('?team=t+1&tab=attention&q=a%26b&sort=name&why=changed&tests=1');
	expect(read(writeView(view))).toEqual(view);
});

test('what nobody knows is left at its default', () => {
	expect(read('?tab=__proto__&sort=constructor&why=nothing&tests=yes&team=')).toEqual(wholeView);
	expect(read(`?q=${'x'.repeat(5000)}`).q).toHaveLength(200);
});

test('whatever the view, the address brings it back', () => {
	const views = fc.record<View>({
		team: fc.option(fc.string({ minLength: 1 })),
		tab: fc.constantFrom(...tabs),
		q: fc.string({ maxLength: 200 }),
		sort: fc.constantFrom(...sorts),
		why: fc.option(fc.constantFrom(...concerns)),
		tests: fc.boolean(),
	});
	fc.assert(
		fc.property(views, (view) => {
			// A concern is about the tab Attention only.
			const kept = { ...view, why: view.tab === 'attention' ? view.why : null };
			expect(read(writeView(view))).toEqual(kept);
		}),
	);
});
