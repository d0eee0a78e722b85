import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StallError, TransientError } from '$lib/net/errors';
import { watched } from '$lib/net/watchdog';
import { deferred, listenersOf, never, rejection } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');
const stallMs = 30_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
});

/** A request that answers only to its signal, as fetch does; `beat` is a byte that arrives. */
function request(outer = never) {
	let beat = () => {};
	let error: unknown = null;
	const ended = watched(stallMs, outer, (signal, sign) => {
		beat = sign;
		return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
	}).catch((caught: unknown) => void (error = caught));
	return { beat: () => beat(), error: () => error, ended };
}

describe('given a request that shows no sign of life', () => {
	test('it is aborted after the time that the limits allow, not before', async () => {
		const { error } = request();
		await vi.advanceTimersByTimeAsync(stallMs - 1);
		expect(error()).toBeNull();
		await vi.advanceTimersByTimeAsync(1000);
		expect(error()).toBeInstanceOf(StallError);
		expect(vi.getTimerCount()).toBe(0);
	});

	test('the error is one that a gone network or another try may explain, and says how long', () => {
		expect(new StallError(stallMs)).toBeInstanceOf(TransientError);
		expect(new StallError(stallMs)).toMatchObject({ unreachable: true, message: 'no answer for 30 s' });
		expect(new StallError(1250).message).toBe('no answer for 1.3 s');
	});

	test('time that the machine slept does not count', async () => {
		const awake = performance.now.bind(performance);
		let slept = 0;
		vi.spyOn(performance, 'now').mockImplementation(() => awake() + slept);
		const { error } = request();
		await vi.advanceTimersByTimeAsync(20_000);
		slept = 8 * 3_600_000;
		await vi.advanceTimersByTimeAsync(8000);
		expect(error()).toBeNull();
		await vi.advanceTimersByTimeAsync(2000);
		expect(error()).toBeInstanceOf(StallError);
	});

	test('a tab whose timers are throttled to one a minute waits longer, and gives up at last', async () => {
		const awake = performance.now.bind(performance);
		vi.spyOn(performance, 'now').mockImplementation(() => awake() * 60);
		const { error } = request();
		await vi.advanceTimersByTimeAsync(19_000);
		expect(error()).toBeNull();
		await vi.advanceTimersByTimeAsync(2000);
		expect(error()).toBeInstanceOf(StallError);
	});
});

test('each sign of life begins the wait anew', async () => {
	const { beat, error } = request();
	for (let n = 0; n < 5; n++) {
		await vi.advanceTimersByTimeAsync(stallMs - 1000);
		beat();
	}
	expect(error()).toBeNull();
	await vi.advanceTimersByTimeAsync(stallMs + 1000);
	expect(error()).toBeInstanceOf(StallError);
});

test.each([20, 100, 1000])('a patience of %d ms ends in time, too', async (patience) => {
	let error: unknown = null;
	void watched(patience, never, async (signal) => {
		await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
	}).catch((caught: unknown) => (error = caught));
	await vi.advanceTimersByTimeAsync(patience * 0.9);
	expect(error).toBeNull();
	await vi.advanceTimersByTimeAsync(patience * 0.5);
	expect(error).toBeInstanceOf(StallError);
});

describe('given a request that ends by itself', () => {
	test('its result is handed on, and nothing is left running', async () => {
		const controller = new AbortController();
		expect(await watched(stallMs, controller.signal, async () => 7)).toBe(7);
		expect([vi.getTimerCount(), listenersOf(controller.signal)]).toEqual([0, 0]);
	});

	test('its error is handed on, and nothing is left running', async () => {
		const controller = new AbortController();
		const broken = new TypeError('broken');
		expect(await rejection(watched(stallMs, controller.signal, () => Promise.reject(broken)))).toBe(broken);
		expect([vi.getTimerCount(), listenersOf(controller.signal)]).toEqual([0, 0]);
	});
});

describe('given an abort', () => {
	test('the request is aborted with the reason, and nothing is left running', async () => {
		const controller = new AbortController();
		const { error, ended } = request(controller.signal);
		controller.abort(reason);
		await ended;
		expect(error()).toBe(reason);
		expect([vi.getTimerCount(), listenersOf(controller.signal)]).toEqual([0, 0]);
	});

	test('an engine that rejects with an error of its own does not hide the reason', async () => {
		const controller = new AbortController();
		const engine = deferred();
		const ended = rejection(watched(stallMs, controller.signal, () => engine.promise));
		controller.abort(reason);
		engine.reject(new DOMException('The user aborted a request.', 'AbortError'));
		expect(await ended).toBe(reason);
	});

	test('before, no request is made', async () => {
		const run = vi.fn(async () => {});
		expect(await rejection(watched(stallMs, AbortSignal.abort(reason), run))).toBe(reason);
		expect([run.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
	});
});
