import { afterEach, describe, expect, test, vi } from 'vitest';
import { NOTHING_YET, type FileFailure, type JobEvent, type JobOutcome } from '$lib/download/contract';
import { JobRun, type JobRunOptions } from '$lib/download/running/job-run';
import { deferred, quickLimits, settled, until } from '../backend/client-helpers.ts';
import { continued } from './request-helpers.ts';
import { giveWorker } from './worker-helpers.ts';

vi.mock('$lib/download/job/start-worker', () => ({ startWorker: () => new Worker('') }));
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
const settings = { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits };
const empty: JobOutcome = { kind: 'empty', membersTotal: 0, failures: [], skipped: [], reason: null };
const failure: FileFailure = {
	...{ shootId: 's', photoId: 'p', picture: null, file: 'pfp.jpg', member: 'Ada', email: null },
	reason: 'Gone.',
};

function jobRun(options: Partial<JobRunOptions> = {}) {
	const events: JobEvent[] = [];
	return { events, run: new JobRun({ settings, onevent: (event) => events.push(event), ...options }) };
}

describe('a job in a worker', () => {
	test('gets what was asked for, tells what happens, and ends as the worker says', async () => {
		const asked: unknown[] = [];
		const told: JobEvent[] = [
			{ type: 'warning', warning: 'Held in memory.' },
			{ type: 'progress', progress: NOTHING_YET, failures: [failure], notes: [] },
		];
		giveWorker({
			run: async (...[request, its, emit, getToken, place]) => {
				asked.push(request, its, getToken, place);
				for (const event of told) await emit(event);
				return empty;
			},
		});
		const { run, events } = jobRun();
		expect(await run.outcome(continued, null)).toEqual(empty);
		expect([asked, events]).toEqual([[continued, settings, null, null], told]);
		run.end();
	});

	test('that dies has failed, with what had failed by then; of what comes late nothing is told', async () => {
		const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
		const late = deferred();
		const { die, ended } = giveWorker({
			run: async (_request, _settings, emit) => {
				await emit({ type: 'progress', progress: NOTHING_YET, failures: [], notes: [] });
				await emit({ type: 'progress', progress: NOTHING_YET, failures: [failure], notes: [] });
				await late.promise;
				await emit({ type: 'progress', progress: NOTHING_YET, failures: [failure], notes: [] });
				return empty;
			},
		});
		const { run, events } = jobRun();
		const outcome = run.outcome(continued, null);
		await until(() => events.length === 2);
		die();
		const reason = 'The part of the page that downloads stopped working. Please try again.';
		expect(await outcome).toEqual({ kind: 'failed', reason, failures: [failure] });
		expect(errors).toHaveBeenCalledTimes(1);
		late.resolve();
		await settled();
		expect(events).toHaveLength(2);
		run.end();
		expect(ended).toHaveBeenCalledTimes(1);
	});

	test('hears what is pressed', async () => {
		const heard: string[] = [];
		const begun = deferred();
		giveWorker({
			run: () => {
				begun.resolve();
				return new Promise(() => {});
			},
			pause: () => void heard.push('pause'),
			resume: () => void heard.push('resume'),
			signedIn: () => void heard.push('signedIn'),
		});
		const { run } = jobRun();
		const press = () => {
			run.pause();
			run.resume();
			run.signedIn();
		};
		// There is no worker yet, and nothing to hold.
		expect(press).not.toThrow();
		void run.outcome(continued, null);
		await begun.promise;
		press();
		await until(() => heard.length === 3);
		expect(heard).toEqual(['pause', 'resume', 'signedIn']);
		run.end();
		expect(press).not.toThrow();
	});

	test('that was ended is cancelled, and its worker is gone', async () => {
		const begun = deferred();
		const { ended } = giveWorker({
			run: () => {
				begun.resolve();
				return new Promise(() => {});
			},
		});
		const { run } = jobRun();
		const outcome = run.outcome(continued, null);
		await begun.promise;
		run.end();
		run.end();
		expect(await outcome).toEqual({ kind: 'cancelled' });
		expect(ended).toHaveBeenCalledTimes(1);
	});
});

describe('given a press of Cancel', () => {
	test('a worker that ends by itself says how; one that does not is waited for a moment only', async () => {
		const cancelled = deferred();
		const begun = deferred();
		giveWorker({
			run: () => {
				begun.resolve();
				return new Promise(() => {});
			},
			cancel: () => cancelled.resolve(),
		});
		const { run } = jobRun();
		const outcome = run.outcome(continued, null);
		await begun.promise;
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		let isOver = false;
		void outcome.then(() => (isOver = true));
		void run.cancel();
		await cancelled.promise;
		await vi.advanceTimersByTimeAsync(99);
		expect(isOver).toBe(false);
		await vi.advanceTimersByTimeAsync(1);
		expect(await outcome).toEqual({ kind: 'cancelled' });
		run.end();
	});

	test('a worker that has not started by then never runs', async () => {
		const work = vi.fn(async () => empty);
		const { ended } = giveWorker({ run: work });
		const { run } = jobRun();
		const outcome = run.outcome(continued, null);
		await run.cancel();
		expect(await outcome).toEqual({ kind: 'cancelled' });
		await until(() => ended.mock.calls.length === 1);
		expect(work).not.toHaveBeenCalled();
	});
});
