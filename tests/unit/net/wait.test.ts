import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { shared, sleep } from '$lib/net/wait';
import { deferred, listenersOf, never, rejection } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');

describe('a sleep', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	test('lasts as long as it was asked to, and leaves no listener', async () => {
		const controller = new AbortController();
		let over = false;
		void sleep(1000, controller.signal).then(() => (over = true));
		await vi.advanceTimersByTimeAsync(999);
		expect([over, listenersOf(controller.signal)]).toEqual([false, 1]);
		await vi.advanceTimersByTimeAsync(1);
		expect([over, listenersOf(controller.signal)]).toEqual([true, 0]);
	});

	test("ends at an abort with the signal's reason, and leaves no timer", async () => {
		const controller = new AbortController();
		const slept = rejection(sleep(1000, controller.signal));
		controller.abort(reason);
		expect(await slept).toBe(reason);
		expect([vi.getTimerCount(), listenersOf(controller.signal)]).toEqual([0, 0]);
	});

	test('does not begin when it is aborted already', async () => {
		expect(await rejection(sleep(1000, AbortSignal.abort(reason)))).toBe(reason);
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe('a wait for shared work', () => {
	test('gives what the work gives, and leaves no listener', async () => {
		const controller = new AbortController();
		expect(await shared(Promise.resolve(7), controller.signal)).toBe(7);
		const broken = shared(Promise.reject(reason), controller.signal);
		expect(await rejection(broken)).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
	});

	test('ends for the one who is aborted, and goes on for the others', async () => {
		const work = deferred<string>();
		const controller = new AbortController();
		const [first, second] = [shared(work.promise, controller.signal), shared(work.promise, never)];
		controller.abort(reason);
		expect(await rejection(first)).toBe(reason);
		work.resolve('done');
		expect(await second).toBe('done');
	});

	test('of one who comes too late rejects with the reason, and the failure of the work is handled', async () => {
		const unhandled = vi.fn();
		process.on('unhandledRejection', unhandled);
		onTestFinished(() => void process.off('unhandledRejection', unhandled));
		const broken = shared(Promise.reject(new Error('broken')), AbortSignal.abort(reason));
		expect(await rejection(broken)).toBe(reason);
		// Node reports unhandled rejections before the next turn of its event loop.
		await new Promise((resolve) => setImmediate(resolve));
		expect(unhandled).not.toHaveBeenCalled();
	});
});
