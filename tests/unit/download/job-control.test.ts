import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { JobOutcome } from '$lib/download/contract';
import { verifyArchive } from '$lib/zip/receipt';
import type { Fault } from '../../backend/stand-in.ts';
import { listenersOf, settled, until } from '../backend/client-helpers.ts';
import { job, makeFile, saved } from './job-helpers.ts';

describe('the progress', () => {
	test('only ever grows, from phase to phase, and ends with everything done', async () => {
		const its = await job({ members: 12, latencyMs: 20, bytesPerSecond: 400_000 });
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: its.standIn.company.shoots[3]?.id ?? '' });
		const outcome = await saved(its.run());
		const told = its.progress();
		expect(told.length).toBeGreaterThan(5);
		const phases = ['listing', 'fetching', 'packing', 'checking'];
		for (const [n, now] of told.entries()) {
			const before = told[n - 1];
			if (!before) continue;
			expect(phases.indexOf(now.phase)).toBeGreaterThanOrEqual(phases.indexOf(before.phase));
			expect(now.filesDone).toBeGreaterThanOrEqual(before.filesDone);
			expect(now.membersDone).toBeGreaterThanOrEqual(before.membersDone);
			expect(now.bytes).toBeGreaterThanOrEqual(before.bytes);
			if (now.phase === before.phase) expect(now.share).toBeGreaterThanOrEqual(before.share);
			if (before.phase !== 'listing') expect(now.filesTotal).toBe(before.filesTotal);
		}
		expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(phases));
		const fetched = its.photosAsked().filter(({ status }) => status === 200);
		expect(told.at(-1)).toEqual({
			phase: 'checking',
			membersDone: 12,
			membersTotal: outcome.membersTotal,
			filesDone: 24,
			filesTotal: 24,
			bytes: fetched.reduce((sum, { bytes }) => sum + bytes, 0),
			share: 1,
			waiting: null,
		});
	});

	test('is told ten times a second at most, but for the beginning of a phase', async () => {
		const its = await job({ members: 12, bytesPerSecond: 300_000 });
		// Six lanes that begin and end to wait all the time.
		its.standIn.faults.add({ kind: 'status', status: 503, tries: 5, each: true });
		await saved(its.run());
		const at = its.events.flatMap((each) => (each.event.type === 'progress' ? [each.at] : []));
		for (const now of at) {
			const second = at.filter((other) => other >= now && other < now + 1000);
			expect(second.length).toBeLessThanOrEqual(10 + 4);
		}
	});

	test('says while the server makes it wait, and that it is over', async () => {
		const its = await job();
		its.standIn.faults.add({ kind: 'status', status: 429, resetAt: new Date(Date.now() + 400), tries: 1 });
		await saved(its.run());
		const waits = its.progress().map(({ waiting }) => waiting?.for);
		expect(waits).toContain('server');
		expect(waits.at(-1)).toBeUndefined();
	});

	test('says while there is no network, fails nothing, and goes on by itself', async () => {
		const its = await job({ members: 6, latencyMs: 20 });
		const outcome = its.run();
		await until(() => its.photosAsked().length > 6);
		await Promise.all([its.standIn.pause('api'), its.standIn.pause('photos')]);
		await until(() => its.progress().at(-1)?.waiting?.for === 'network');
		await Promise.all([its.standIn.resume('api'), its.standIn.resume('photos')]);
		expect(await saved(outcome)).toMatchObject({ entries: 12, membersSaved: 6, failures: [] });
		expect(its.progress().at(-1)?.waiting).toBeNull();
	});
});

describe('given a press of Pause', () => {
	async function paused() {
		let made = 0;
		const its = await job(
			{ members: 30 },
			{
				makeFile: (...given) => {
					if (++made === 3) its.pauser.pause();
					return makeFile(...given);
				},
			},
		);
		const outcome = its.run();
		await until(() => its.progress().at(-1)?.waiting?.for === 'you' && its.standIn.inFlight() === 0);
		return { its, outcome };
	}

	test('no other photo is asked for, and after Resume none is missing and none was fetched twice', async () => {
		const { its, outcome } = await paused();
		const before = its.photosAsked().length;
		await settled();
		expect(its.photosAsked()).toHaveLength(before);
		its.pauser.resume();
		expect(await outcome).toMatchObject({ kind: 'saved', failures: [] });
		const paths = its.photosAsked().map(({ path }) => path);
		expect(new Set(paths).size).toBe(paths.length);
		expect(paths.length).toBeGreaterThan(before);
		expect(its.progress().at(-1)?.waiting).toBeNull();
	});

	test('Cancel ends it', async () => {
		const { its, outcome } = await paused();
		its.controller.abort(new Error('cancelled'));
		expect(await outcome).toEqual({ kind: 'cancelled' });
		expect(listenersOf(its.controller.signal)).toBe(0);
	});
});

describe('given a press of Cancel', () => {
	/** Cancels when the time has come, and checks that everything is quiet and stays so. */
	async function cancelled(its: Awaited<ReturnType<typeof job>>, due: () => boolean): Promise<JobOutcome> {
		const { controller, standIn, events } = its;
		const reason = new DOMException('The download was cancelled.', 'AbortError');
		const cancelWhenDue = () => due() && controller.abort(reason);
		its.onevent(() => controller.signal.aborted || cancelWhenDue());
		const requests = vi.spyOn(globalThis, 'fetch');
		const outcome = its.run();
		let ended = false;
		void outcome.then(() => (ended = true));
		while (!ended && !controller.signal.aborted && !cancelWhenDue()) await settled();
		controller.abort(reason);
		const reached = await outcome;

		const before = [events.length, requests.mock.calls.length];
		expect(listenersOf(controller.signal)).toBe(0);
		// Whoever waited for something may get it now; nothing comes of it.
		standIn.faults.clear();
		its.backend.dispose();
		its.signIn.open();
		its.reporter.flush();
		await until(() => standIn.inFlight() === 0 && standIn.log.every(({ finishedAt }) => finishedAt !== null));
		expect([events.length, requests.mock.calls.length]).toEqual(before);
		requests.mockRestore();
		return reached;
	}

	const phase = (name: string) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.progress().at(-1)?.phase === name;
	const logged = (count: number) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.standIn.log.length >= count;
	const waiting = (kind: string) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.progress().at(-1)?.waiting?.for === kind;

	type When = (its: Awaited<ReturnType<typeof job>>) => () => boolean;
	test.each<[string, Fault[], When]>([
		['before it begins', [], () => () => true],
		['while the lists stall', [{ kind: 'stall', before: true, api: /./ }], logged(3)],
		['while photos stall', [{ kind: 'stall' }], logged(9)],
		['while photos trickle', [{ kind: 'slow', bytesPerSecond: 2000 }], logged(9)],
		['in a backoff', [{ kind: 'status', status: 500 }], logged(12)],
		['in a pause of the photo host', [{ kind: 'status', status: 503, retryAfter: 60 }], waiting('server')],
		[
			'in a pause of the backend',
			[{ kind: 'status', status: 429, retryAfter: 60, api: /models$/ }],
			waiting('server'),
		],
		[
			'while it waits for a sign-in',
			[{ kind: 'expired' }, { kind: 'status', status: 401, api: /photos\/favorite$/ }],
			waiting('sign-in'),
		],
		['when packing begins', [], phase('packing')],
		['when checking begins', [], phase('checking')],
	])('%s: it is cancelled, nothing is left open, and no event follows', async (_, faults, when) => {
		const its = await job({}, { client: { limits: { pauseCapMs: 60_000 } } });
		its.standIn.faults.add(...faults);
		expect(await cancelled(its, when(its))).toEqual({ kind: 'cancelled' });
	});

	test('while there is no network: the same', async () => {
		const its = await job({ latencyMs: 20 });
		const reached = cancelled(its, waiting('network')(its));
		await until(() => its.photosAsked().length > 0);
		await Promise.all([its.standIn.pause('api'), its.standIn.pause('photos')]);
		expect(await reached).toEqual({ kind: 'cancelled' });
	});

	test('in the very moment when the archive has been checked: nothing is saved', async () => {
		const its = await job(
			{},
			{
				verify: async (blob, writer, ...rest) => {
					const found = await verifyArchive(blob, writer.entries, ...rest);
					its.controller.abort(new Error('cancelled'));
					return found;
				},
			},
		);
		expect(await its.run()).toEqual({ kind: 'cancelled' });
	});

	test('while a photo is converted: nothing more is added', async () => {
		const its = await job(
			{},
			{
				makeFile: async (photo, make, signal) => {
					its.controller.abort(new Error('cancelled'));
					return makeFile(photo, make, signal);
				},
			},
		);
		expect(await its.run()).toEqual({ kind: 'cancelled' });
		expect(its.archive.entries).toEqual([]);
	});

	test('at any moment at all', async () => {
		// The first photos are drawn before it begins, so that moments are moments.
		await (await job({ members: 4 })).run();
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 400 }), async (turns) => {
				const its = await job({ members: 4 });
				let left = turns;
				const reached = await cancelled(its, () => left-- <= 0);
				expect(['cancelled', 'saved']).toContain(reached.kind);
			}),
			{ numRuns: 20 },
		);
	});
});
