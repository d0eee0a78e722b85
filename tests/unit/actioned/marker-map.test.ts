import { describe, expect, test } from 'vitest';
import type { Marker } from '$lib/actioned/marker';
import {
	byShoot,
	countActioned,
	isSame,
	onlyActioned,
	withMarkers,
	withShoots,
} from '$lib/actioned/marker-map';
import { marker } from './marker-helpers.ts';

const undone = marker('gone', { state: 'undone' });
const map = byShoot([marker('a'), marker('b'), undone]);
const shoots = (of: ReadonlyMap<string, Marker>) => [...of.keys()];

test('added and replaced markers leave the old map as it was', () => {
	const noted = marker('a', { note: 'sent' });
	const changed = withMarkers(map, [noted, marker('c')]);
	expect(shoots(changed)).toEqual(['a', 'b', 'gone', 'c']);
	expect([changed.get('a'), map.get('a')]).toEqual([noted, marker('a')]);
});

test('what the disk has of some shoots replaces these, and no others', () => {
	const noted = marker('a', { note: 'sent' });
	const changed = withShoots(map, ['a', 'gone'], byShoot([noted, marker('x')]));
	expect([...changed.values()]).toEqual([noted, marker('b')]);
	expect(map.size).toBe(3);
});

test('the undone ones are no actioned ones', () => {
	expect(shoots(onlyActioned(map))).toEqual(['a', 'b']);
	expect([countActioned(map), countActioned(byShoot([]))]).toEqual([2, 0]);
});

describe('a second reading of the disk', () => {
	test('that brings the same is the same, in whatever order', () => {
		expect(isSame(map, byShoot([{ ...undone }, marker('b'), marker('a')]))).toBe(true);
	});

	test.each<[string, Marker[]]>([
		['one less', [marker('a'), marker('b')]],
		['one more', [marker('a'), marker('b'), undone, marker('c')]],
		['another shoot', [marker('a'), marker('c'), undone]],
		['another time', [marker('a'), marker('b', { at: 2_000 }), undone]],
		['another day of being actioned', [marker('a'), marker('b', { actionedAt: 500 }), undone]],
		['another state', [marker('a'), marker('b', { state: 'undone' }), undone]],
		['another favorite', [marker('a'), marker('b', { photoId: null }), undone]],
		['another note', [marker('a'), marker('b', { note: 'sent' }), undone]],
	])('that brings %s is another', (_, markers) => {
		expect(isSame(map, byShoot(markers))).toBe(false);
	});
});
