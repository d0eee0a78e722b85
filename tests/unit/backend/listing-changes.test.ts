import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readItems } from '$lib/backend/listing';
import { idsOf, items, list, pageOf, schema, type Answer } from './listing-helpers.ts';

describe('given a list that changes while it is read', () => {
	test.each([1, 150, 650])('%d more at its end: they are read, too', async (more) => {
		const all = items(401);
		const { ids } = list(all, (query) => {
			const answer = pageOf(all, query);
			if (query.offset === 0) all.push(...items(401 + more).slice(401));
			return answer;
		});
		expect(await ids()).toEqual(idsOf(items(401 + more)));
	});

	test('more at its front, where the newest are: nobody is twice, and none of the old ones is lost', async () => {
		const all = items(401);
		const { ids } = list(all, (query) => {
			const answer = pageOf(all, query);
			if (query.offset === 0) all.unshift({ id: 'new-1' }, { id: 'new-2' });
			return answer;
		});
		const got = await ids();
		expect(new Set(got).size).toBe(got.length);
		expect(got).toEqual(expect.arrayContaining(idsOf(items(401))));
	});

	test('fewer: it ends', async () => {
		const all = items(401);
		const { ids } = list(all, (query) => {
			const answer = pageOf(all, query);
			if (query.offset === 0) all.length = 300;
			return answer;
		});
		expect(await ids()).toEqual(idsOf(items(300)));
	});
});

test('the same item twice in a list that comes whole is one', async () => {
	const answer = { things: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, null] };
	const { items: got, skipped } = await readItems(answer, 'things', schema, new AbortController().signal);
	expect([got, skipped.length]).toEqual([[{ id: 'a' }, { id: 'b' }], 1]);
});

test('whatever a backend caps, claims or keeps silent about, all items come once and in order', async () => {
	const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
	const backend = fc.record({
		count: fc.integer({ min: 0, max: 900 }),
		cap: fc.integer({ min: 7, max: 200 }),
		claimed: maybe(fc.integer({ min: -900, max: 900 })),
		tellsMore: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(backend, async ({ count, cap, claimed, tellsMore }) => {
			const all = items(count);
			// A total too small from a backend that says nothing else can't be told from an honest one.
			const total = claimed && Math.max(0, count + (tellsMore ? claimed : Math.abs(claimed)));
			const { asked, ids } = list(all, (query) => {
				const limit = Math.min(cap, query.limit);
				const honest = pageOf(all, { ...query, limit });
				const more = tellsMore ? (honest.pagination as Answer).hasMore : undefined;
				return { ...honest, pagination: { limit, total, hasMore: more } };
			});
			const got = await ids();
			expect(got).toEqual(idsOf(all));
			expect(asked.length).toBeLessThanOrEqual(2 * Math.ceil(900 / cap) + 8);
		}),
		{ numRuns: 300 },
	);
});

describe('given a list that shrinks while it is read', () => {
	const all = items(450);
	const without = (gone: string) => all.filter((item) => item.id !== gone);

	test('it is read again, and nobody is missed', async () => {
		let pages = 0;
		const { asked, ids } = list([], (query) => pageOf(pages++ === 0 ? all : without('id-7'), query));
		expect(await ids()).toEqual(idsOf(without('id-7')));
		expect(asked).toHaveLength(7);
	});

	test('and one that never holds still is said to be in doubt', async () => {
		const { asked, read } = list([], (query) => pageOf(query.offset === 0 ? all : without('id-7'), query));
		expect((await read()).skipped).toEqual(['The list of things kept changing while it was read.']);
		expect(asked).toHaveLength(12);
	});
});
