import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FileFailure, JobEvent, JobProgress } from '$lib/download/contract';
import { ProgressReporter } from '$lib/download/job/reporter';

let events: JobEvent[];
let reporter: ProgressReporter;

beforeEach(() => {
	vi.useFakeTimers({ now: 0 });
	events = [];
	reporter = new ProgressReporter((event) => events.push(event));
});
afterEach(() => vi.useRealTimers());

function told(): JobProgress[] {
	return events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
}

const failure: FileFailure = {
	shootId: 'a',
	photoId: 'b',
	picture: null,
	member: 'Ada',
	email: null,
	file: 'pfp.jpg',
	reason: 'The photo host has no such photo.',
};
const server = { for: 'server', until: 5000 } as const;
const network = { for: 'network' } as const;
const signIn = { for: 'sign-in' } as const;

describe('progress', () => {
	test('is told at most ten times a second, however often it changes, and the last state always arrives', async () => {
		for (let n = 1; n <= 1000; n++) {
			reporter.update({ bytes: n, filesDone: n });
			reporter.wait('somebody', n % 2 ? server : null);
			await vi.advanceTimersByTimeAsync(1);
		}
		expect(told().length).toBeLessThanOrEqual(10);
		expect(told().length).toBeGreaterThanOrEqual(9);
		await vi.advanceTimersByTimeAsync(100);
		expect(told().at(-1)).toMatchObject({ bytes: 1000, filesDone: 1000 });
		expect(vi.getTimerCount()).toBe(0);
	});

	test('is not told while nothing changes', async () => {
		reporter.update({ bytes: 1 });
		await vi.advanceTimersByTimeAsync(10_000);
		expect(told()).toHaveLength(1);
	});

	test('that was told does not change behind the hearer’s back', () => {
		reporter.update({ bytes: 1 });
		reporter.flush();
		reporter.update({ bytes: 2 });
		expect(told()[0]?.bytes).toBe(1);
		expect(reporter.progress.bytes).toBe(2);
	});

	test('flushed is told at once, and leaves no timer', () => {
		reporter.update({ phase: 'packing' });
		reporter.flush();
		expect([told().map(({ phase }) => phase), vi.getTimerCount()]).toEqual([['packing'], 0]);
	});
});

test('failures and notes are told with it, however many there are, and each once', async () => {
	for (let n = 0; n < 1000; n++) {
		if (n % 2) reporter.note(`note ${n}`);
		else reporter.fail({ ...failure, shootId: `${n}` });
		await vi.advanceTimersByTimeAsync(1);
	}
	await vi.advanceTimersByTimeAsync(1000);
	expect(events.length).toBeLessThanOrEqual(11);
	const all = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
	const numbers = Array.from({ length: 1000 }, (_, n) => n);
	expect(all.flatMap(({ notes }) => notes)).toEqual(numbers.filter((n) => n % 2).map((n) => `note ${n}`));
	expect(all.flatMap(({ failures }) => failures).map(({ shootId }) => Number(shootId))).toEqual(
		numbers.filter((n) => n % 2 === 0),
	);
});

test('a warning is told at once', () => {
	reporter.warn('Held in memory.');
	expect(events).toEqual([{ type: 'warning', warning: 'Held in memory.' }]);
});

describe('a wait', () => {
	/** What is shown after these waits. */
	async function shown(...waits: Parameters<ProgressReporter['wait']>[]) {
		for (const wait of waits) reporter.wait(...wait);
		await vi.advanceTimersByTimeAsync(100);
		return told().at(-1)?.waiting;
	}

	test('is shown until it is over', async () => {
		expect(await shown(['backend', server])).toEqual(server);
		expect(await shown(['backend', null])).toBeNull();
	});

	test('that the admin asked for is shown before any other', async () => {
		expect(await shown(['a', signIn], ['you', { for: 'you' }])).toEqual({ for: 'you' });
		expect(await shown(['you', null])).toEqual(signIn);
	});

	test('of the most serious kind is shown: sign-in, then network, then server', async () => {
		expect(await shown(['a', server], ['b', signIn], ['c', network])).toEqual(signIn);
		expect(await shown(['b', null])).toEqual(network);
		expect(await shown(['c', null])).toEqual(server);
	});

	test('of one host does not end when another’s is over', async () => {
		expect(await shown(['backend', server], ['photo host', server], ['backend', null])).toEqual(server);
	});

	test('that is over as soon as it begins is not shown', async () => {
		expect(await shown(['backend', server], ['backend', null])).toBeNull();
		expect(told()).toHaveLength(1);
	});
});

test('at the end the last state is told; after it nothing is, whatever still happens', async () => {
	reporter.update({ bytes: 7 });
	reporter.end();
	expect(told().map(({ bytes }) => bytes)).toEqual([7]);
	reporter.update({ bytes: 8 });
	reporter.wait('network', network);
	reporter.note('too late');
	reporter.warn('too late');
	reporter.flush();
	await vi.advanceTimersByTimeAsync(1000);
	expect([events.length, vi.getTimerCount()]).toEqual([1, 0]);
});
