import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Fault } from '../../backend/stand-in.ts';
import {
	likeABrowser,
	listenersOf,
	never,
	rejection,
	settled,
	startBackend,
	until,
} from './client-helpers.ts';

const reason = new Error('cancelled');
const teams = /organization$/;
const list = /organization\/team$/;
describe('given a fault that passes', () => {
	test.each<[string, Fault]>([
		['500', { kind: 'status', status: 500 }],
		['502', { kind: 'status', status: 502 }],
		['a reset', { kind: 'reset' }],
		['a cut body', { kind: 'cut-length' }],
		['cut JSON', { kind: 'cut-close' }],
		['HTML', { kind: 'html' }],
		['an empty body', { kind: 'empty' }],
		['a stall before the answer', { kind: 'stall', before: true }],
		['a stall in the middle', { kind: 'stall' }],
	])('three times %s: the fourth try succeeds', async (_, fault) => {
		const { standIn, backend, asked } = await startBackend({}, { limits: { stallMs: 150 } });
		standIn.faults.add({ ...fault, api: list, tries: 3 });
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
		expect(asked(list)).toHaveLength(4);
	});

	test('a stall for ever is told with its patience, and no request is left open', async () => {
		const { standIn, backend, asked } = await startBackend({}, { limits: { stallMs: 80 } });
		standIn.faults.add({ kind: 'stall', before: true, api: list });
		expect(await rejection(backend.teamMembers(never))).toMatchObject({
			code: 'unreachable',
			message: 'The backend gave no answer for 0.1 s.',
		});
		await until(() => standIn.log.every((entry) => entry.finishedAt !== null));
		expect(asked(list).map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
	});

	test('an answer that is slow, but never still, is waited for', async () => {
		const { standIn, backend, asked } = await startBackend({ members: 20 }, { limits: { stallMs: 500 } });
		standIn.faults.add({ kind: 'slow', bytesPerSecond: 7000, api: list });
		const began = performance.now();
		expect((await backend.teamMembers(never)).items).toHaveLength(20);
		expect(performance.now() - began).toBeGreaterThan(500);
		expect(asked(list)).toHaveLength(1);
	});
});

describe('given a rate limit', () => {
	test('it waits until the reset and 100 ms more, tells so, and all other calls wait as well', async () => {
		const told: (number | null)[] = [];
		const { standIn, backend, asked } = await startBackend({}, { onpause: (until) => told.push(until) });
		const resetAt = new Date(Date.now() + 300);
		standIn.faults.add({
			kind: 'status',
			status: 429,
			resetAt,
			code: 'RATE_LIMIT_EXCEEDED',
			api: list,
			tries: 1,
		});
		const first = backend.teamMembers(never);
		await until(() => told.length > 0);
		await Promise.all([first, backend.organization(never)]);
		const [refused, ...later] = asked();
		expect(refused?.status).toBe(429);
		expect(later.map(({ at }) => at >= resetAt.getTime() + 100)).toEqual([true, true]);
		expect(told[0]).toBeGreaterThanOrEqual(resetAt.getTime() + 90);
		expect(told.at(-1)).toBeNull();
	});

	test('when the last request of the window is spent, the next one waits instead of being refused', async () => {
		const { standIn, backend, asked } = await startBackend();
		const resetAt = new Date(Date.now() + 300);
		// Any answer carries the headers; this one is a plain "not found".
		standIn.faults.add({ kind: 'status', status: 404, resetAt, api: list, tries: 1 });
		await rejection(backend.teamMembers(never));
		await backend.organization(never);
		expect(asked(teams)[0]?.at).toBeGreaterThanOrEqual(resetAt.getTime() + 100);
	});

	test('a reset in a far year is waited for no longer than the limits allow', async () => {
		const { standIn, backend, asked } = await startBackend({}, { limits: { pauseCapMs: 50 } });
		const resetAt = new Date(Date.UTC(2099, 0));
		standIn.faults.add({ kind: 'status', status: 429, resetAt, api: list, tries: 2 });
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
		expect(asked(list)).toHaveLength(3);
	});

	test('the invite limit, a 429 as well, makes nobody wait', async () => {
		const told: unknown[] = [];
		const { standIn, backend } = await startBackend({}, { onpause: (until) => told.push(until) });
		standIn.faults.add({
			kind: 'status',
			status: 429,
			code: 'INVITE_LIMIT_EXCEEDED',
			retryAfter: 60,
			api: list,
			tries: 1,
		});
		await rejection(backend.teamMembers(never));
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
		expect(told).toEqual([]);
	});
});

describe('given a network that is down', () => {
	test('calls wait without using up their tries, and go on when it is back', async () => {
		const told: boolean[] = [];
		const { standIn, backend } = await startBackend(
			{},
			{ limits: { tries: 1 }, ondown: (down) => told.push(down) },
		);
		await standIn.pause('api');
		const calls = Promise.all([backend.organization(never), backend.teamMembers(never)]);
		await until(() => standIn.log.filter(({ method }) => method === 'HEAD').length > 10);
		await standIn.resume('api');
		const [organization, members] = await calls;
		expect([organization.name, members.items.length, told]).toEqual(['Northlight Labs', 3, [true, false]]);
	});

	test('the probes carry neither token nor cookie, and one is under way at a time', async () => {
		const { standIn, backend } = await startBackend(
			{ auth: { kind: 'bearer', tokens: ['t-1'] } },
			{ getToken: async () => 't-1' },
		);
		likeABrowser('headshots_session=somebody');
		await standIn.pause('api');
		const calls = Promise.all(Array.from({ length: 5 }, () => backend.organization(never)));
		const probes = () => standIn.log.filter(({ method }) => method === 'HEAD');
		await until(() => probes().length > 5);
		await standIn.resume('api');
		await calls;
		expect(probes().every(({ headers }) => !headers.authorization && !headers.cookie)).toBe(true);
		for (const [n, probe] of probes().entries()) {
			expect(probe.at).toBeGreaterThanOrEqual(probes()[n - 1]?.finishedAt ?? 0);
		}
	});

	test('a proxy that reaches nobody counts as down, even when it answers the probes', async () => {
		const { standIn, backend } = await startBackend({}, { limits: { tries: 1 } });
		const fault: Fault = { kind: 'status', status: 502, api: /^/ };
		standIn.faults.add(fault);
		const call = backend.organization(never);
		await until(() => standIn.faults.hits(fault) > 5);
		standIn.faults.clear();
		expect((await call).name).toBe('Northlight Labs');
	});

	test('a client that is disposed probes no more', async () => {
		const { standIn, backend } = await startBackend({}, { limits: { tries: 2 } });
		await standIn.pause('api');
		const call = rejection(backend.organization(never));
		await until(() => standIn.log.length > 5);
		backend.dispose();
		expect(await call).toMatchObject({ code: 'unreachable' });
	});
});

describe('an abort is heard', () => {
	test.each<[string, Fault]>([
		['before the answer begins', { kind: 'stall', before: true }],
		['in the middle of the answer', { kind: 'stall' }],
		['in a pause', { kind: 'status', status: 503, retryAfter: 60 }],
		['between two tries', { kind: 'status', status: 500 }],
	])('%s: with the reason, nothing is left open, and no listener', async (_, fault) => {
		const { standIn, backend } = await startBackend(
			{},
			{ limits: { backoffMs: 60_000, backoffCapMs: 60_000, pauseCapMs: 60_000 } },
		);
		vi.spyOn(Math, 'random').mockReturnValue(1);
		onTestFinished(() => void vi.restoreAllMocks());
		standIn.faults.add({ ...fault, api: list });
		const controller = new AbortController();
		const call = rejection(backend.teamMembers(controller.signal));
		await until(() => standIn.log[0] && (standIn.log[0].status || (fault as { before?: true }).before));
		await settled();
		controller.abort(reason);
		expect(await call).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
		await until(() => standIn.log.every((entry) => entry.finishedAt !== null));
		expect(standIn.log).toHaveLength(1);
	});

	test('while the network is down', async () => {
		const { standIn, backend } = await startBackend();
		await standIn.pause('api');
		const controller = new AbortController();
		const call = rejection(backend.teamMembers(controller.signal));
		await until(() => standIn.log.length > 3);
		controller.abort(reason);
		expect(await call).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
	});

	test('before: no request is made', async () => {
		const { standIn, backend } = await startBackend();
		expect(await rejection(backend.organization(AbortSignal.abort(reason)))).toBe(reason);
		expect(standIn.log).toEqual([]);
	});
});
