import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { gridColumns } from '$lib/members/grid';
import { thumbnailHref } from '$lib/members/links';
import { favorite } from './people-helpers.ts';

test.each([
	['the narrowest phone', 320, 2, 12, 20],
	['a phone', 479, 3, 12, 20],
	['from 480 px on', 480, 2, 16, 28],
	['a tablet', 959, 5, 16, 28],
	['from 960 px on', 960, 4, 22, 36],
	['a wide screen', 1920, 8, 22, 36],
])('%s of %i px: %i columns', (_, width, columns, gap, rowGap) => {
	expect(gridColumns(width)).toMatchObject({ columns, gap, rowGap });
});

test('columns and gaps fill the width, and there is always one', () => {
	fc.assert(
		fc.property(fc.integer({ min: 100, max: 8_000 }), (width) => {
			const { columns, column, gap } = gridColumns(width);
			expect(columns).toBeGreaterThanOrEqual(1);
			expect(columns * column + (columns - 1) * gap).toBeCloseTo(width);
		}),
	);
	expect(gridColumns(10)).toMatchObject({ columns: 1, column: 10 });
});

test('another column comes just when it has room', () => {
	expect([gridColumns(159).columns, gridColumns(259).columns, gridColumns(260).columns]).toEqual([1, 1, 2]);
});

test('a thumbnail is shown from where it may be fetched, or not at all', () => {
	const of = (url: string) => thumbnailHref(favorite({ thumbnail: { url, expiresAt: null } }));
	expect(of('https://cdn.example/a.jpg?x=1')).toBe('https://cdn.example/a.jpg?x=1');
	expect([of('javascript:alert(1)'), of(''), of('/a.jpg'), thumbnailHref(null)]).toEqual([
		null,
		null,
		null,
		null,
	]);
	vi.stubGlobal('location', { origin: 'https://admin.example' });
	onTestFinished(() => void vi.unstubAllGlobals());
	expect(of('/a.jpg')).toBe('https://admin.example/a.jpg');
});
