import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from '$lib/net/connection';
import { BusyError, StallError, TransientError } from '$lib/net/errors';
import { Gate } from '$lib/net/gate';
import { defaultNetLimits, type NetLimits } from '$lib/net/limits';
import { retrying, type RetryContext } from '$lib/net/retry';
import { listenersOf, never, rejection } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');
const failed = new TransientError('The server failed.');
const gone = new TransientError('Nothing answered.', { unreachable: true });

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** A host, and a network that is up unless told. Backoffs take all of their time. */
function host({ down = false, ...changed }: Partial<NetLimits> & { down?: boolean } = {}) {
	vi.spyOn(Math, 'random').mockReturnValue(1);
	const limits = { ...defaultNetLimits, ...changed };
	const state = { down };
	const connection = new Connection(async () => !state.down, limits.probeMs);
	const context: RetryContext = { gate: new Gate(), connection, limits };
	return { context, state, ...context };
}

/** Calls that fail with these errors, one after another, and then succeed; and when each was made. */
function calls(...errors: Error[]) {
	const at: number[] = [];
	const once = async (nth: number) => {
		at.push(Date.now());
		const error = errors[nth - 1];
		if (error) throw error;
		return nth;
	};
	return { at, once };
}

/** How it ended, letting time pass as it likes. */
async function ending<T>(work: Promise<T>): Promise<T | unknown> {
	const settled = work.catch((error: unknown) => error);
	await vi.runAllTimersAsync();
	return settled;
}

function many<T>(count: number, item: T): T[] {
	return Array.from({ length: count }, () => item);
}

test('a call that succeeds is made once', async () => {
	const { at, once } = calls();
	expect(await retrying(host().context, never, once)).toBe(1);
	expect(at).toHaveLength(1);
});

describe('given a fault that may be gone at the next try', () => {
	test('there are four tries in all, with backoffs between them, and the last error is thrown', async () => {
		const last = new TransientError('The last one.');
		const { at, once } = calls(failed, failed, failed, last, failed);
		expect(await ending(retrying(host().context, never, once))).toBe(last);
		expect(at).toEqual([0, 500, 1500, 3500]);
	});

	test('the third try may succeed', async () => {
		const { at, once } = calls(failed, failed);
		expect(await ending(retrying(host().context, never, once))).toBe(3);
		expect(at).toHaveLength(3);
	});

	test('backoffs jitter all the way down to nothing', async () => {
		const { context } = host();
		vi.spyOn(Math, 'random').mockReturnValue(0);
		const { at, once } = calls(failed, failed);
		await ending(retrying(context, never, once));
		expect(at).toEqual([0, 0, 0]);
	});

	test('backoffs are capped', async () => {
		const { at, once } = calls(...many(5, failed));
		await ending(retrying(host({ tries: 6, backoffCapMs: 1000 }).context, never, once));
		expect(at).toEqual([0, 500, 1500, 2500, 3500, 4500]);
	});
});

test('any other error is final at once', async () => {
	const { at, once } = calls(new Error('No such photo.'));
	expect(await ending(retrying(host().context, never, once))).toEqual(new Error('No such photo.'));
	expect(at).toHaveLength(1);
});

describe('given a server that asks to come back later', () => {
	test('it waits as long as it is asked to', async () => {
		const { at, once } = calls(new BusyError('Later.', 7000));
		await ending(retrying(host().context, never, once));
		expect(at).toEqual([0, 7000]);
	});

	test('it backs off where the server does not say how long', async () => {
		const { at, once } = calls(...many(3, new BusyError('Later.', null)));
		await ending(retrying(host().context, never, once));
		expect(at).toEqual([0, 500, 1500, 3500]);
	});

	test.each([0, 100])('%d ms is less than a backoff, so it backs off and does not spin', async (waitMs) => {
		const { at, once } = calls(...many(3, new BusyError('Now.', waitMs)));
		await ending(retrying(host().context, never, once));
		expect(at).toEqual([0, 500, 1500, 3500]);
	});

	test('it waits no longer than the limits allow', async () => {
		const { at, once } = calls(new BusyError('Next year.', Infinity));
		await ending(retrying(host({ pauseCapMs: 60_000 }).context, never, once));
		expect(at).toEqual([0, 60_000]);
	});

	test('that is no failed try: four remain', async () => {
		const busy = new BusyError('Later.', 100);
		const { at, once } = calls(failed, busy, failed, busy, busy, failed, busy, failed);
		expect(await ending(retrying(host().context, never, once))).toBe(failed);
		expect(at).toHaveLength(8);
	});

	test('after twelve pauses it is believed, and its error thrown', async () => {
		const busy = new BusyError('Later.', 100);
		const { at, once } = calls(...many(20, busy));
		expect(await ending(retrying(host().context, never, once))).toBe(busy);
		expect(at).toHaveLength(13);
	});

	test('everybody else who calls this host waits as well', async () => {
		const { context } = host();
		const [first, second] = [calls(new BusyError('Later.', 5000)), calls()];
		const all = retrying(context, never, first.once);
		await vi.advanceTimersByTimeAsync(1000);
		await ending(Promise.all([all, retrying(context, never, second.once)]));
		expect([first.at, second.at]).toEqual([[0, 5000], [5000]]);
	});
});

describe('given a network that is down', () => {
	test('nobody’s tries are used up, however often a call fails', async () => {
		let answers = true;
		// Each failure finds the network gone, and the probe after it finds it back.
		const connection = new Connection(async () => (answers = !answers), 2000);
		const { at, once } = calls(...many(10, gone));
		expect(await ending(retrying({ ...host().context, connection }, never, once))).toBe(11);
		expect(at).toHaveLength(11);
	});

	test('a stall is the network’s fault, too', async () => {
		const { context, state } = host({ down: true });
		const { at, once } = calls(...many(1, new StallError(30_000)));
		const work = retrying(context, never, once);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(at).toHaveLength(1);
		state.down = false;
		expect(await ending(work)).toBe(2);
	});

	test('a fault that an answer tells of is a failed try all the same', async () => {
		const { context, connection } = host({ down: true });
		const { at, once } = calls(...many(9, failed));
		expect(await ending(retrying(context, never, once))).toBe(failed);
		expect(at).toHaveLength(4);
		connection.dispose();
	});
});

test('a host that nobody reaches while the network is there has failed, four times in all', async () => {
	const { at, once } = calls(...many(9, gone));
	expect(await ending(retrying(host().context, never, once))).toBe(gone);
	expect(at).toHaveLength(4);
});

describe('an abort is heard', () => {
	test.each<[string, (given: ReturnType<typeof host>) => (nth: number) => Promise<unknown>]>([
		[
			'at the closed gate',
			({ gate }) => {
				gate.pause(60_000);
				return async () => {};
			},
		],
		['in a pause', () => () => Promise.reject(new BusyError('Later.', 60_000))],
		['in a backoff', () => () => Promise.reject(failed)],
		[
			'while the network is down',
			({ state }) => {
				state.down = true;
				return () => Promise.reject(gone);
			},
		],
	])(
		'%s: it rejects with the reason, calls no more, and leaves no timer and no listener',
		async (_, given) => {
			const its = host({ backoffMs: 60_000, backoffCapMs: 60_000 });
			const once = vi.fn(given(its));
			const controller = new AbortController();
			const ended = rejection(retrying(its.context, controller.signal, once));
			await vi.advanceTimersByTimeAsync(100);
			expect(listenersOf(controller.signal)).toBe(1);
			controller.abort(reason);
			expect(await ended).toBe(reason);
			const made = once.mock.calls.length;
			// The probing is the connection's, which others may share.
			its.connection.dispose();
			await vi.advanceTimersByTimeAsync(0);
			expect([listenersOf(controller.signal), vi.getTimerCount()]).toEqual([0, 0]);
			await vi.advanceTimersByTimeAsync(120_000);
			expect(once).toHaveBeenCalledTimes(made);
		},
	);

	test.each([failed, gone, new BusyError('Later.', 1), new Error('The user aborted a request.')])(
		'in the call: it rejects with the reason, whatever the call fails with (%s)',
		async (error) => {
			const controller = new AbortController();
			const ended = rejection(
				retrying(host().context, controller.signal, async () => {
					controller.abort(reason);
					throw error;
				}),
			);
			expect(await ended).toBe(reason);
			expect(vi.getTimerCount()).toBe(0);
		},
	);

	test('before: no call is made', async () => {
		const { at, once } = calls();
		expect(await rejection(retrying(host().context, AbortSignal.abort(reason), once))).toBe(reason);
		expect(at).toEqual([]);
	});
});
