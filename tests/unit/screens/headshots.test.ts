import { describe, expect, test } from 'vitest';
import { actionedAt, type Marker } from '$lib/actioned/marker';
import type { Markers } from '$lib/actioned/markers.svelte';
import type { Deliveries } from '$lib/download/kept/deliveries.svelte';
import type { RosterData } from '$lib/members/load';
import type { Team } from '$lib/members/member';
import { Roster } from '$lib/members/roster.svelte';
import { Headshots } from '$lib/screens/headshots/headshots.svelte';
import { wholeView, type View } from '$lib/screens/headshots/view';
import { favorite, finishedShoot } from '../members/people-helpers.ts';

const sales = { id: 't-1', name: 'Sales' };
const research = { id: 't-2', name: 'Research' };

const company: RosterData = {
	organization: { uid: 'o-1', name: 'Northlight Labs' },
	teams: [sales, research],
	shoots: [
		finishedShoot('ada', { team: sales, finishedAt: 9 }),
		finishedShoot('bob', { team: sales, finishedAt: 8, favorite: null }),
		finishedShoot('eve', { team: research, finishedAt: 7 }),
		finishedShoot('try', { team: sales, finishedAt: 6, isTest: true }),
	],
	joined: [
		{ id: 'j', email: 'jo@example.com', name: 'Jo', title: null, team: sales, joinedAt: 0, step: 'joined' },
	],
	invited: [{ email: 'ida@example.com', team: research, invitedAt: 0 }],
	deleted: [{ id: 'd', email: 'del@example.com', name: null, title: null, team: null }],
	skipped: [],
	expected: null,
};

/** @param marks when each was actioned, and with which favorite */
async function shown(
	view: Partial<View> = {},
	marks: Record<string, { at: number; actionedAt?: number; photoId?: string | null }> = {},
	data = company,
	delivered?: string[],
) {
	const roster = new Roster({ load: async () => data }, () => ({ kind: 'failed', reason: 'no' }));
	await roster.load();
	const actioned = new Map<string, Marker>(
		Object.entries(marks).map(([shootId, { photoId = 'p-1', ...mark }]) => [
			shootId,
			{
				organization: 'o-1',
				shootId,
				state: 'actioned',
				...mark,
				photoId,
				note: '',
				email: null,
				name: shootId,
			},
		]),
	);
	const since = (id: string) => (actioned.has(id) ? actionedAt(actioned.get(id)!) : null);
	const markers = { actioned, actionedAt: since } as unknown as Markers;
	const deliveries = {
		since: delivered ? 1 : null,
		isNew: ({ id }: { id: string }) => !delivered?.includes(id),
	};
	return new Headshots(roster, markers, deliveries as unknown as Deliveries, () => ({
		...wholeView,
		...view,
	}));
}

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

test('the whole organization, with its counts', async () => {
	const all = await shown();
	expect(ids(all.finished)).toEqual(['ada', 'bob', 'eve']);
	expect(all.tally).toEqual({ finished: 3, joined: 1, invited: 1 });
	expect(all.counts).toEqual({
		all: 5,
		finished: 3,
		joined: 1,
		invited: 1,
		attention: 3,
		deleted: 1,
		actioned: 0,
	});
	expect([all.favorites, all.testShoots]).toEqual([2, 1]);
});

test('a team scopes every list and count', async () => {
	const all = await shown({ team: 't-1' }, { eve: { at: 1 }, ada: { at: 2 } });
	expect([all.team, ids(all.finished), all.favorites]).toEqual([sales, ['bob'], 1]);
	expect(all.actioned.map(({ marker }) => marker.shootId)).toEqual(['ada']);
	expect(all.counts).toMatchObject({ all: 3, finished: 1, joined: 1, invited: 0, deleted: 0, actioned: 1 });
	expect(all.people.map(({ email }) => email)).toEqual([
		'ada@example.com',
		'bob@example.com',
		'jo@example.com',
	]);
});

test('a team has whoever has a shoot there, also when their latest is in another', async () => {
	const of = (id: string, team: Team, finishedAt: number) =>
		finishedShoot(id, { memberId: 'ada', email: 'ada@example.com', team, finishedAt });
	const shoots = [of('new', { id: 't-2', name: 'Research' }, 9), of('old', sales, 1)];
	const all = await shown({ team: 't-1' }, {}, { ...company, shoots, joined: [], invited: [] });
	expect([ids(all.finished), all.favorites, all.tally.finished, all.counts.all]).toEqual([['old'], 1, 1, 1]);
	expect(all.people).toMatchObject([{ email: 'ada@example.com', team: sales, finishedAt: 1 }]);
});

test('a team that is gone means everybody', async () => {
	const all = await shown({ team: 'gone' });
	expect([all.view.team, all.team, ids(all.finished)]).toEqual([null, null, ['ada', 'bob', 'eve']]);
});

test('test shoots are out of everything, unless asked for; even then they are no favorite to download', async () => {
	const all = await shown({ tests: true });
	expect([ids(all.finished), all.favorites]).toEqual([['ada', 'bob', 'eve', 'try'], 2]);
	expect(all.tally.finished).toBe(3);
	expect(all.concerning.map(({ id }) => id)).not.toContain('try');
});

test('a search narrows every list and no count', async () => {
	const all = await shown({ q: 'jo' });
	expect([ids(all.finished), ids(all.joined), all.invited, all.counts.finished]).toEqual([[], ['j'], [], 3]);
});

describe('what is actioned', () => {
	test('is out of the grid, the most recent first', async () => {
		const all = await shown({}, { ada: { at: 5 }, eve: { at: 9 } });
		expect(ids(all.finished)).toEqual(['bob']);
		expect(all.actioned.map(({ marker, changed }) => [marker.shootId, changed])).toEqual([
			['eve', false],
			['ada', false],
		]);
	});

	test('stays where it was when a note is written on it', async () => {
		const marks = { ada: { at: 20, actionedAt: 5, photoId: 'former' }, eve: { at: 9, photoId: 'former' } };
		const all = await shown({ tab: 'attention', why: 'changed', sort: 'actioned' }, marks);
		expect(all.actioned.map(({ marker }) => marker.shootId)).toEqual(['eve', 'ada']);
		expect(ids(all.concerning)).toEqual(['eve', 'ada']);
	});

	test('by name where that is asked for', async () => {
		const all = await shown({ sort: 'name' }, { ada: { at: 5 }, eve: { at: 9 } });
		expect(all.actioned.map(({ marker }) => marker.shootId)).toEqual(['ada', 'eve']);
	});

	test('has changed when the member has another favorite, or one at last, or none any more', async () => {
		const changed = favorite({ photoId: 'p-2' });
		const shoots = [
			finishedShoot('same'),
			finishedShoot('other', { favorite: changed }),
			finishedShoot('first'),
			finishedShoot('none', { favorite: null }),
		];
		const marks = { same: { at: 1 }, other: { at: 1 }, first: { at: 1, photoId: null }, none: { at: 1 } };
		const all = await shown({ tab: 'attention', why: 'changed' }, marks, { ...company, shoots });
		expect(ids(all.concerning)).toEqual(['other', 'first', 'none']);
	});

	test('is counted as it is listed: without a test shoot that is not asked for, with one that is gone', async () => {
		const marks = { try: { at: 1 }, gone: { at: 2 }, eve: { at: 3 } };
		const counted = async (view: Partial<View>) => {
			const all = await shown(view, marks);
			return [all.counts.actioned, all.actioned.map(({ marker }) => marker.shootId)];
		};
		expect(await counted({})).toEqual([2, ['eve', 'gone']]);
		expect(await counted({ tests: true })).toEqual([3, ['eve', 'gone', 'try']]);
		expect(await counted({ team: 't-1', tests: true })).toEqual([1, ['try']]);
	});

	test('has its tab from the first part of the lists on', async () => {
		const all = await shown({}, { later: { at: 1 } }, { ...company, expected: 100 });
		expect(all.counts.actioned).toBe(1);
	});

	test('stays told when its shoot is gone, but not before everybody is loaded, nor under a team', async () => {
		const marks = { gone: { at: 1 } };
		const rows = async (view: Partial<View>, data = company) =>
			(await shown(view, marks, data)).actioned.map(({ marker, shoot }) => [marker.shootId, shoot]);
		expect(await rows({})).toEqual([['gone', null]]);
		expect(await rows({ team: 't-1' })).toEqual([]);
		expect(await rows({}, { ...company, expected: 100 })).toEqual([]);
		expect(await rows({ q: 'nobody' })).toEqual([]);
	});
});

test('Attention counts each concern, and shows one or all of them', async () => {
	const all = await shown({ tab: 'attention' });
	const counts = Object.fromEntries(all.concerns.map(({ concern, count }) => [concern, count]));
	expect(counts).toMatchObject({ 'no-favorite': 1, overdue: 3, changed: 0 });
	expect(ids(all.concerning)).toEqual(['ada', 'bob', 'eve']);
	expect(all.concernsOf(company.shoots[1]!)).toEqual(['no-favorite', 'overdue']);
	expect(ids((await shown({ tab: 'attention', why: 'no-favorite' })).concerning)).toEqual(['bob']);
});

test('only those that are new since the last download are fresh; before the first one nobody can say', async () => {
	expect((await shown()).fresh).toBeNull();
	expect(ids((await shown({}, {}, company, ['ada', 'bob'])).fresh ?? [])).toEqual(['eve']);
});
