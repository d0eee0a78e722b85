import { describe, expect, test } from 'vitest';
import { inPool } from '$lib/net/pool';
import {
	deferred,
	type Deferred,
	listenersOf,
	never,
	rejection,
	settled,
} from '../backend/client-helpers.ts';

const reason = new Error('cancelled');

/** Work that ends when it is told to. */
function workshop() {
	const jobs = new Map<number, Deferred & { signal: AbortSignal }>();
	const running = new Set<number>();
	let most = 0;
	return {
		jobs,
		running,
		most: () => most,
		async work(item: number, signal: AbortSignal): Promise<void> {
			const job = { ...deferred(), signal };
			jobs.set(item, job);
			running.add(item);
			most = Math.max(most, running.size);
			try {
				await job.promise;
			} finally {
				running.delete(item);
			}
		},
	};
}

test('every item is worked on once, in order of their turn, at most so many at a time', async () => {
	const { jobs, running, most, work } = workshop();
	const all = inPool([1, 2, 3, 4, 5, 6, 7], 3, never, work);
	expect([...running]).toEqual([1, 2, 3]);
	jobs.get(2)?.resolve();
	await settled();
	expect([...running]).toEqual([1, 3, 4]);
	for (let item = 1; item <= 7; item++) {
		jobs.get(item)?.resolve();
		await settled();
	}
	await all;
	expect([[...jobs.keys()], most()]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
});

test.each([
	['no items', [], 4],
	['fewer items than lanes', [1, 2], 6],
])('%s: it ends when they are done', async (_, items, width) => {
	const { jobs, work } = workshop();
	const all = inPool(items, width, never, work);
	for (const job of jobs.values()) job.resolve();
	await all;
	expect([...jobs.keys()]).toEqual(items);
});

describe('given an error', () => {
	test('the others are told to stop, nothing new begins, and it is thrown once all of them have ended', async () => {
		const { jobs, running, work } = workshop();
		const broken = new Error('broken');
		let thrown: unknown = null;
		const all = inPool([1, 2, 3, 4], 2, never, work).catch((error: unknown) => (thrown = error));
		jobs.get(1)?.reject(broken);
		await settled();
		expect(jobs.get(2)?.signal.reason).toBe(broken);
		expect([thrown, [...running], jobs.size]).toEqual([null, [2], 2]);
		jobs.get(2)?.reject(new Error('a later one'));
		await all;
		expect([thrown, jobs.size]).toEqual([broken, 2]);
	});

	test('of the list itself, it is thrown as well', async () => {
		const broken = new Error('broken list');
		function* list() {
			yield 1;
			throw broken;
		}
		expect(await rejection(inPool(list(), 2, never, async () => {}))).toBe(broken);
	});
});

describe('given an abort', () => {
	test('nothing new begins, and it rejects with the reason once all have ended; no listener is left', async () => {
		const controller = new AbortController();
		const { jobs, work } = workshop();
		let thrown: unknown = null;
		const all = inPool([1, 2, 3], 2, controller.signal, work).catch((error: unknown) => (thrown = error));
		controller.abort(reason);
		expect(jobs.get(2)?.signal.reason).toBe(reason);
		jobs.get(1)?.resolve();
		await settled();
		expect([thrown, jobs.size]).toEqual([null, 2]);
		jobs.get(2)?.reject(new Error('on the way out'));
		await all;
		expect([thrown, jobs.size, listenersOf(controller.signal)]).toEqual([reason, 2, 0]);
	});

	test('before, nothing begins', async () => {
		const { jobs, work } = workshop();
		expect(await rejection(inPool([1], 2, AbortSignal.abort(reason), work))).toBe(reason);
		expect(jobs.size).toBe(0);
	});

	test('afterwards, no listener is left to hear it', async () => {
		const controller = new AbortController();
		await inPool([1, 2], 2, controller.signal, async () => {});
		expect(listenersOf(controller.signal)).toBe(0);
	});
});
