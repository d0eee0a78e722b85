import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Gate } from '$lib/net/gate';
import { listenersOf, never, rejection } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');
let told: (number | null)[];
let gate: Gate;

beforeEach(() => {
	vi.useFakeTimers({ now: 0 });
	told = [];
	gate = new Gate((until) => told.push(until));
});
afterEach(() => vi.useRealTimers());

/** Goes through the gate, and tells when (ms). */
function walker(signal = never): { at: number | null; left: Promise<void> } {
	const walker = { at: null as number | null, left: Promise.resolve() };
	walker.left = gate.pass(signal).then(() => void (walker.at = Date.now()));
	return walker;
}

test('an open gate lets everybody pass at once and says nothing', async () => {
	await Promise.all([gate.pass(never), gate.pass(never)]);
	expect([told, vi.getTimerCount()]).toEqual([[], 0]);
});

test('a pause that nobody has to wait for says nothing', async () => {
	gate.pause(1000);
	await vi.advanceTimersByTimeAsync(1000);
	await gate.pass(never);
	expect(told).toEqual([]);
});

test('a closed gate holds everybody until the pause is over; the last one to leave says that nobody waits', async () => {
	gate.pause(1000);
	const [first, second] = [walker(), walker()];
	await vi.advanceTimersByTimeAsync(999);
	expect([first.at, second.at]).toEqual([null, null]);
	expect(told).toEqual([1000, 1000]);
	await vi.advanceTimersByTimeAsync(1);
	expect([first.at, second.at]).toEqual([1000, 1000]);
	expect(told).toEqual([1000, 1000, null]);
});

test('a shorter pause never shortens a longer one', async () => {
	gate.pause(1000);
	gate.pause(10);
	const one = walker();
	await vi.advanceTimersByTimeAsync(999);
	expect(one.at).toBeNull();
	await vi.advanceTimersByTimeAsync(1);
	expect(one.at).toBe(1000);
});

test('a longer pause holds those who wait already, and tells them the new time', async () => {
	gate.pause(1000);
	const one = walker();
	await vi.advanceTimersByTimeAsync(500);
	gate.pause(2000);
	await vi.advanceTimersByTimeAsync(1999);
	expect([one.at, told]).toEqual([null, [1000, 2500]]);
	await vi.advanceTimersByTimeAsync(1);
	expect([one.at, told]).toEqual([2500, [1000, 2500, null]]);
});

describe('given a clock that is set', () => {
	const HOUR = 3_600_000;

	test('back while somebody waits, the pause is no longer', async () => {
		gate.pause(1000);
		const one = walker();
		vi.setSystemTime(-HOUR);
		await vi.advanceTimersByTimeAsync(1000);
		expect(one.at).toBe(1000 - HOUR);
	});

	test('back to before a pause that is over, nobody waits', async () => {
		gate.pause(1000);
		await vi.advanceTimersByTimeAsync(2000);
		vi.setSystemTime(0);
		await gate.pass(never);
		expect(told).toEqual([]);
	});

	test('on, as after a sleep, the pause is over', async () => {
		gate.pause(10_000);
		vi.setSystemTime(HOUR);
		await gate.pass(never);
		expect(told).toEqual([]);
	});
});

describe('given an abort', () => {
	test('the one who waits leaves with the reason; the others stay, and no timer or listener of theirs', async () => {
		const controller = new AbortController();
		gate.pause(1000);
		const leaving = rejection(gate.pass(controller.signal));
		const staying = walker();
		await vi.advanceTimersByTimeAsync(10);
		controller.abort(reason);
		expect(await leaving).toBe(reason);
		expect([listenersOf(controller.signal), vi.getTimerCount()]).toEqual([0, 1]);
		expect(told).not.toContain(null);
		await vi.advanceTimersByTimeAsync(990);
		expect([staying.at, told.at(-1), vi.getTimerCount()]).toEqual([1000, null, 0]);
	});

	test('of the only one who waits, the gate says that nobody does', async () => {
		const controller = new AbortController();
		gate.pause(1000);
		const leaving = rejection(gate.pass(controller.signal));
		controller.abort(reason);
		await leaving;
		expect([told, vi.getTimerCount()]).toEqual([[1000, null], 0]);
	});

	test('before, nobody passes, even through an open gate', async () => {
		expect(await rejection(gate.pass(AbortSignal.abort(reason)))).toBe(reason);
	});
});
