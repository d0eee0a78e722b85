import { expect, onTestFinished, test, vi } from 'vitest';
import { actionedAt } from '$lib/actioned/marker';
import { Markers } from '$lib/actioned/markers.svelte';
import { Roster } from '$lib/members/roster.svelte';
import { Marking } from '$lib/screens/marking';
import { Store } from '$lib/storage/store';
import { Toasts } from '$lib/ui/toasts.svelte';
import { data, shoot } from './screen-helpers.svelte.ts';

/** Marks of an organization whose list of members is this one, and then that one. */
async function marking({ lists = [data()], readOnly = null as string | null, now = Date.now } = {}) {
	const store = new Store({ name: `marking ${Math.random()}` });
	const markers = new Markers({ store, readOnly, now });
	const toasts = new Toasts();
	const load = vi.fn(async () => (lists.length > 1 ? lists.shift()! : lists[0]!));
	const roster = new Roster({ load }, () => ({ kind: 'failed', reason: 'No answer.' }));
	const host = { actioned: vi.fn(), unactioned: vi.fn() };
	onTestFinished(() => {
		roster.dispose();
		toasts.dispose();
		markers.dispose();
		store.dispose();
	});
	await roster.load();
	await markers.open('o');
	return {
		marking: new Marking({ markers, roster, toasts }, host),
		markers,
		roster,
		host,
		load,
		said: () => toasts.list.at(-1)?.message,
		all: () => toasts.list.map(({ message }) => message),
		undo: () => toasts.list.at(-1)?.action?.run(),
		marked: () => [...markers.actioned.values()].map(({ shootId, photoId }) => `${shootId} ${photoId}`),
	};
}

const withFavorite = (id: string, photoId: string) =>
	shoot(id, { favorite: { ...shoot(id).favorite!, photoId } });
const delivered = (id: string, photoId = id) => {
	return { shootId: id, photoId, picture: null, email: `${id}@example.com`, member: `Member ${id}` };
};

test('Undo gives who was actioned with a former favorite that mark back, and leaves nobody else marked', async () => {
	const its = await marking();
	await its.marking.mark([withFavorite('a', 'first')]);
	await its.marking.mark([withFavorite('a', 'second'), shoot('b')]);
	expect([its.said(), its.marked()]).toEqual(['2 photo shoots marked as actioned', ['a second', 'b b']]);
	its.host.actioned.mockClear();
	its.undo();
	await expect.poll(its.marked).toEqual(['a first']);
	await expect
		.poll(() => its.host.actioned.mock.lastCall?.[0])
		.toMatchObject([{ shootId: 'a', photoId: 'first' }]);
	expect(its.host.unactioned).toHaveBeenCalledExactlyOnceWith(['b']);
});

test('neither a note, nor an Undo that is undone, changes the day on which somebody was actioned', async () => {
	let day = 1_000;
	const its = await marking({ now: () => day });
	const since = () => [...its.markers.actioned.values()].map((marker) => actionedAt(marker));
	await its.marking.mark([withFavorite('a', 'first')]);
	day = 2_000;
	await its.marking.note('a', 'sent by post');
	expect(since()).toEqual([1_000]);
	day = 3_000;
	await its.marking.undo(['a']);
	its.undo();
	await expect.poll(since).toEqual([1_000]);
	day = 4_000;
	await its.marking.mark([withFavorite('a', 'second')]);
	expect(since()).toEqual([4_000]);
	day = 5_000;
	its.undo();
	await expect.poll(its.marked).toEqual(['a first']);
	expect([since(), its.markers.get('a')?.note]).toEqual([[1_000], 'sent by post']);
	const shoots = { shootId: 'a', photoId: 'first', email: 'a@example.com', name: 'Member a' };
	await expect.poll(() => its.host.actioned.mock.lastCall).toEqual([[shoots]]);
});

test('who is in the archive is marked, also when the list has not heard of them yet, and then it has', async () => {
	const before = data({ shoots: [withFavorite('a', 'first')] });
	const after = data({ shoots: [withFavorite('a', 'second'), shoot('new')] });
	const its = await marking({ lists: [before, after] });
	await its.marking.markDelivered([delivered('a', 'second'), delivered('new')]);
	expect(its.marked()).toEqual(['a second', 'new new']);
	expect(its.said()).toBe('2 photo shoots marked as actioned');
	expect(its.roster.data.shoots.map(({ id, favorite }) => `${id} ${favorite?.photoId}`)).toEqual([
		'a second',
		'new new',
	]);
	await its.marking.markDelivered([delivered('new')]);
	expect(its.load).toHaveBeenCalledTimes(2);
});

test('who is no longer among the finished does not come back there', async () => {
	const its = await marking({ lists: [data({ shoots: [shoot('a')] })] });
	await its.marking.mark([shoot('a'), shoot('gone')]);
	await its.marking.undo(['gone']);
	expect(its.said()).toBe('Member gone no longer actioned');
	await its.marking.undo(['a']);
	expect(its.said()).toBe('Member a back in Finished');
});

test('they count as marked with these very favorites, until that is undone', async () => {
	const its = await marking();
	const archive = [delivered('a'), delivered('b')];
	expect(its.marking.areMarked(archive)).toBe(false);
	const marks = its.marking.markDelivered(archive);
	expect(its.marking.areMarked(archive)).toBe(false);
	await marks;
	expect(its.marking.areMarked(archive)).toBe(true);
	expect(its.marking.areMarked([delivered('a', 'another')])).toBe(false);
	its.undo();
	await expect.poll(its.marked).toEqual([]);
	expect(its.marking.areMarked(archive)).toBe(false);
});

test('where they could not be kept, they do not count as marked', async () => {
	const its = await marking({ readOnly: 'This page keeps nothing.' });
	await its.marking.markDelivered([delivered('a')]);
	expect(its.said()).toBe('Not marked as actioned: This page keeps nothing.');
	expect(its.marking.areMarked([delivered('a')])).toBe(false);
	expect(its.host.actioned).not.toHaveBeenCalled();
});

test('a message goes when its deed is undone elsewhere, but not while a part of it stands', async () => {
	const its = await marking();
	await its.marking.mark([shoot('a'), shoot('b')]);
	await its.marking.undo(['a']);
	expect(its.all()).toEqual(['2 photo shoots marked as actioned', 'Member a back in Finished']);
	await its.marking.mark([shoot('a')]);
	expect(its.all()).toEqual(['2 photo shoots marked as actioned', 'Member a marked as actioned']);
	await its.marking.undo(['a', 'b']);
	expect(its.all()).toEqual(['2 photo shoots back in Finished']);
});
