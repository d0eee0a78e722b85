import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Connection } from '$lib/net/connection';
import { deferred, listenersOf, never, rejection } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');
const probeMs = 2000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A network that goes and comes back at will. Each probe takes 10 ms. */
function network({ down = true } = {}) {
	const told: boolean[] = [];
	const net = { down, told, probes: 0, atOnce: 0, most: 0 };
	const connection = new Connection(
		async () => {
			net.probes++;
			net.most = Math.max(net.most, ++net.atOnce);
			await new Promise((resolve) => setTimeout(resolve, 10));
			net.atOnce--;
			return !net.down;
		},
		probeMs,
		(gone) => told.push(gone),
	);
	return Object.assign(net, { connection });
}

/** What `ridOut` gave, once it did. */
function rider(connection: Connection, signal = never): { result: boolean | null } {
	const rider = { result: null as boolean | null };
	void connection.ridOut(signal).then((result) => (rider.result = result));
	return rider;
}

test('while the backend answers, the failure was not the network’s, and nobody is told anything', async () => {
	const net = network({ down: false });
	const one = rider(net.connection);
	await vi.advanceTimersByTimeAsync(10);
	expect([one.result, net.told, net.probes, vi.getTimerCount()]).toEqual([false, [], 1, 0]);
});

describe('given a network that is down', () => {
	test('everybody waits until a probe is answered; it is told once when it goes and once when it is back', async () => {
		const net = network();
		const riders = Array.from({ length: 20 }, () => rider(net.connection));
		await vi.advanceTimersByTimeAsync(60_000);
		riders.push(rider(net.connection));
		expect(riders.filter((one) => one.result !== null)).toEqual([]);
		expect(net.told).toEqual([true]);
		net.down = false;
		await vi.advanceTimersByTimeAsync(probeMs + 10);
		expect(riders.map((one) => one.result)).toEqual(riders.map(() => true));
		expect([net.told, vi.getTimerCount()]).toEqual([[true, false], 0]);
	});

	test('one probe at a time is made for all, and not more often than asked', async () => {
		const net = network();
		for (let n = 0; n < 20; n++) rider(net.connection);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(net.most).toBe(1);
		expect(net.probes).toBeGreaterThanOrEqual(10);
		expect(net.probes).toBeLessThanOrEqual(12);
		net.connection.dispose();
	});

	test('it may go again, and is told again', async () => {
		const net = network();
		for (let n = 0; n < 2; n++) {
			net.down = true;
			const one = rider(net.connection);
			await vi.advanceTimersByTimeAsync(100);
			net.down = false;
			await vi.advanceTimersByTimeAsync(probeMs + 10);
			expect(one.result).toBe(true);
		}
		expect(net.told).toEqual([true, false, true, false]);
	});

	test('the browser’s word that it is online brings the next probe forward, and is not trusted', async () => {
		const target = new EventTarget();
		vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
		vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
		onTestFinished(() => void vi.unstubAllGlobals());
		const net = network();
		const one = rider(net.connection);
		await vi.advanceTimersByTimeAsync(100);
		const before = net.probes;
		target.dispatchEvent(new Event('online'));
		await vi.advanceTimersByTimeAsync(10);
		expect([net.probes, one.result]).toEqual([before + 1, null]);
		net.down = false;
		target.dispatchEvent(new Event('online'));
		await vi.advanceTimersByTimeAsync(10);
		expect([net.probes, one.result, vi.getTimerCount()]).toEqual([before + 2, true, 0]);
		expect(getEventListeners(target, 'online')).toEqual([]);
	});
});

describe('given an abort', () => {
	test('the one who waits leaves with the reason; the others and the probing go on', async () => {
		const net = network();
		const controller = new AbortController();
		const leaving = rejection(net.connection.ridOut(controller.signal));
		const staying = rider(net.connection);
		await vi.advanceTimersByTimeAsync(5000);
		controller.abort(reason);
		expect(await leaving).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
		net.down = false;
		await vi.advanceTimersByTimeAsync(probeMs + 10);
		expect(staying.result).toBe(true);
	});

	test('during the very first probe, it leaves at once', async () => {
		const probe = deferred<boolean>();
		const connection = new Connection(() => probe.promise, probeMs);
		const controller = new AbortController();
		const leaving = rejection(connection.ridOut(controller.signal));
		controller.abort(reason);
		expect(await leaving).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
		probe.resolve(true);
	});
});

describe('once it is disposed', () => {
	test('the probe is aborted and the probing ends; those who wait are let go, and nobody is told any more', async () => {
		const signals: AbortSignal[] = [];
		const told: boolean[] = [];
		const probe = async (signal: AbortSignal) => {
			signals.push(signal);
			return false;
		};
		const connection = new Connection(probe, probeMs, (gone) => told.push(gone));
		const one = rider(connection);
		await vi.advanceTimersByTimeAsync(5000);
		connection.dispose();
		await vi.advanceTimersByTimeAsync(0);
		expect([one.result, signals.at(-1)?.aborted, vi.getTimerCount()]).toEqual([false, true, 0]);
		const probes = signals.length;
		await vi.advanceTimersByTimeAsync(60_000);
		expect([signals.length, told]).toEqual([probes, [true]]);
	});

	test('a failure is a failed try, so that nobody calls without end', async () => {
		const net = network();
		net.connection.dispose();
		const one = rider(net.connection);
		await vi.advanceTimersByTimeAsync(100);
		expect(one.result).toBe(false);
	});
});
