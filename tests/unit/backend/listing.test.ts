import { describe, expect, test } from 'vitest';
import { readPages } from '$lib/backend/listing';
import { BackendError } from '$lib/backend/errors';
import {
	deferred,
	type Deferred,
	listenersOf,
	never,
	rejection,
	settled,
	startBackend,
} from './client-helpers.ts';
import { idsOf, items, list, pageOf, schema, type Answer, type Item, type Query } from './listing-helpers.ts';

describe('given a backend that keeps to its word', () => {
	test.each([
		[0, 1],
		[1, 1],
		[199, 1],
		[200, 1],
		[201, 2],
		[1001, 6],
	])('%d items come whole and in order, with %d requests', async (count, requests) => {
		const all = items(count);
		const { asked, ids } = list(all);
		expect(await ids()).toEqual(idsOf(all));
		expect(asked).toHaveLength(requests);
		expect(asked.every(({ limit }) => limit >= 1 && limit <= 200)).toBe(true);
	});

	test('after the first page the others are fetched four at a time, and their order does not matter', async () => {
		const all = items(1801);
		const open = new Map<number, Deferred>();
		let most = 0;
		const listing = readPages<Item>(
			async (query) => {
				const turn = deferred();
				open.set(query.offset, turn);
				most = Math.max(most, open.size);
				await turn.promise;
				open.delete(query.offset);
				return pageOf(all, query);
			},
			'things',
			schema,
			never,
		);
		const steps: number[][] = [];
		while (open.size > 0) {
			steps.push([...open.keys()]);
			// The last one first.
			[...open.values()].at(-1)?.resolve();
			await settled();
		}
		expect(steps.slice(0, 3)).toEqual([[0], [200, 400, 600, 800], [200, 400, 600, 1000]]);
		expect(most).toBe(4);
		expect((await listing).items).toEqual(all);
	});
});

describe('given a backend that gives fewer at once than it is asked for', () => {
	const cap = 50;

	test('and says so: nothing is lost', async () => {
		const all = items(1001);
		const { asked, ids } = list(all, (query) => pageOf(all, { ...query, limit: Math.min(cap, query.limit) }));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked.length).toBeLessThanOrEqual(25);
	});

	test('and does not say so: nothing is lost', async () => {
		const all = items(1001);
		const { asked, ids } = list(all, (_, honest) => ({
			...honest,
			things: (honest.things as Item[]).slice(0, cap),
		}));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked.length).toBeLessThanOrEqual(25);
	});

	test('because some of a page are none of ours: it asks hardly more often', async () => {
		const all = items(1001);
		const kept = all.filter((_, n) => n % 100 !== 7);
		const { asked, ids } = list(all, (_, honest) => ({
			...honest,
			things: (honest.things as Item[]).filter((item) => kept.includes(item)),
		}));
		expect(await ids()).toEqual(idsOf(kept));
		expect(asked.length).toBeLessThanOrEqual(12);
	});
});

describe('given a backend that ignores', () => {
	test('offset: it ends instead of asking without end', async () => {
		const all = items(1001);
		const { asked, ids } = list(all, (query, honest) => ({ ...honest, things: all.slice(0, query.limit) }));
		expect(await ids()).toEqual(idsOf(all.slice(0, 200)));
		expect(asked.length).toBeLessThanOrEqual(6);
	});

	test('limit: everything comes at once', async () => {
		const all = items(1001);
		const { asked, ids } = list(all, (_, honest) => ({ ...honest, things: all }));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	test('both, and has no pagination: one more request makes sure', async () => {
		const all = items(77);
		const { asked, ids } = list(all, () => ({ things: all }));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked).toHaveLength(2);
	});
});

describe('given a total that lies', () => {
	const claim = (pagination: Answer) => (_: Query, honest: Answer) => ({
		...honest,
		pagination: { ...(honest.pagination as Answer), ...pagination },
	});

	test.each([500_000, 1201, 1002])('%d for 1,001 items: it ends where the list does', async (total) => {
		const all = items(1001);
		const { asked, ids } = list(all, claim({ total }));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked.length).toBeLessThanOrEqual(12);
	});

	test.each([0, 1, 200, 350, 1000])(
		'%d for 1,001 items: as long as the backend says that there is more, it reads on',
		async (total) => {
			const all = items(1001);
			const { ids } = list(all, claim({ total }));
			expect(await ids()).toEqual(idsOf(all));
		},
	);

	test.each([0, 350])('%d, and no word about more: it reads on all the same', async (total) => {
		const all = items(1001);
		const { ids } = list(all, claim({ total, hasMore: undefined }));
		expect(await ids()).toEqual(idsOf(all));
	});

	test.each(['1001', null, -1, 1e308, 2.5, {}])('%j is no total: it reads page by page', async (total) => {
		const all = items(1001);
		const { asked, ids } = list(all, claim({ total }));
		expect(await ids()).toEqual(idsOf(all));
		expect(asked).toHaveLength(6);
	});

	test('no pagination at all loses nothing', async () => {
		const all = items(1001);
		const { ids } = list(all, (_, honest) => ({ things: honest.things }));
		expect(await ids()).toEqual(idsOf(all));
	});
});

test('a list that never ends is refused with a sentence', async () => {
	let n = 0;
	const { asked, read } = list([], () => ({ things: [{ id: `${n++}` }], pagination: { hasMore: true } }));
	const error = await rejection(read());
	expect(error).toBeInstanceOf(BackendError);
	expect(error).toMatchObject({ code: 'unexpected', message: expect.stringContaining('has no end') });
	expect(asked).toHaveLength(5000);
});

describe('given items that cannot be read', () => {
	test('each is left out with a sentence, and the rest comes', async () => {
		const all = [{ id: 'a' }, { id: 7 }, null, 'text', { id: 'b' }, { name: 'no id' }];
		const { items: got, skipped } = await list(all).read();
		expect(got).toEqual([{ id: 'a' }, { id: 'b' }]);
		expect(skipped).toHaveLength(4);
		expect(skipped[0]).toMatch(/^One of the things could not be read: id: .*Expected string/);
	});

	test('a page of nothing else does not end the list', async () => {
		const all: unknown[] = items(601);
		all.fill(null, 200, 400);
		for (let n = 200; n < 400; n++) all[n] = { broken: n };
		const { items: got, skipped } = await list(all).read();
		expect([got.length, skipped.length]).toEqual([401, 200]);
	});

	test('a row nested deeper than the engine can follow is left out as well', async () => {
		const deep = JSON.parse('[' + '['.repeat(200_000) + ']'.repeat(200_000) + ']') as unknown[];
		const { items: got, skipped } = await list([...deep, { id: 'a' }]).read();
		expect([got, skipped.length]).toEqual([[{ id: 'a' }], 1]);
	});

	test('its sentence stays short', async () => {
		const { skipped } = await list([{ id: ['x'.repeat(1_000_000)] }, 'y'.repeat(1_000_000)]).read();
		expect(skipped.map((each) => each.length < 400)).toEqual([true, true]);
	});

	test.each([undefined, null, 7, 'text', {}, { length: 3 }])('%j is no list: it says so', async (things) => {
		const error = await rejection(list([], () => ({ things })).read());
		expect(error).toMatchObject({ name: 'BackendError', code: 'unexpected' });
		expect((error as Error).message).toBe("The backend's answer has no list of things.");
	});
});

test('an abort rejects with the reason, asks no more and leaves no listener', async () => {
	const controller = new AbortController();
	const reason = new Error('cancelled');
	const asked: number[] = [];
	const reading = readPages(
		async (query, signal) => {
			asked.push(query.offset);
			if (query.offset === 400) controller.abort(reason);
			signal.throwIfAborted();
			return pageOf(items(1801), query);
		},
		'things',
		schema,
		controller.signal,
	);
	expect(await rejection(reading)).toBe(reason);
	expect(asked).not.toContain(1200);
	expect(listenersOf(controller.signal)).toBe(0);
});

test('given 1,001 members behind real HTTP, all come in order, with up to four pages under way', async () => {
	const { standIn, backend, asked } = await startBackend({ members: 1001, latencyMs: 60 });
	const listing = await backend.teamMembers(never);
	expect(idsOf(listing.items)).toEqual(idsOf(standIn.company.members));
	const pages = asked(/team$/);
	expect(pages.map(({ query }) => Number(query.get('offset'))).sort((a, b) => a - b)).toEqual([
		0, 200, 400, 600, 800, 1000,
	]);
	const [first, ...others] = pages;
	expect(others.every((page) => page.at >= (first?.finishedAt ?? Infinity))).toBe(true);
	const underWay = others.map((page) =>
		others.filter((other) => other.at <= page.at && (other.finishedAt ?? 0) > page.at),
	);
	const most = Math.max(...underWay.map((pages) => pages.length));
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(4);
});
