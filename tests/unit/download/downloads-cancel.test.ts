import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDownloadApi } from '$lib/download/job/api';
import { serve } from '$lib/worker/serve';
import { deferred, until } from '../backend/client-helpers.ts';
import { downloads, stalled } from './downloads-helpers.ts';

// Node has no Worker of the web: but where a test gives one, what runs here is the way of a page whose CSP allows none.
vi.mock('$lib/download/job/start-worker', () => ({ startWorker: () => new Worker('') }));

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe('given a press of Cancel', () => {
	test('the network is quiet, nothing is saved, and a new download may start at once', async () => {
		const { all, standIn, saved, outcome, fetching } = await downloads();
		standIn.faults.add(stalled);
		all.start({ team: null });
		await fetching();
		void all.cancel();
		expect([all.job?.state.kind, all.running]).toEqual(['cancelling', true]);
		expect(await outcome()).toEqual({ kind: 'cancelled' });
		await until(() => standIn.inFlight() === 0);
		standIn.faults.clear();
		all.again();
		await until(() => all.running);
		expect(await outcome()).toMatchObject({ kind: 'saved' });
		expect(saved).toHaveLength(1);
	});

	test('a second press and other buttons do nothing meanwhile', async () => {
		const { all, standIn, outcome, fetching } = await downloads();
		standIn.faults.add(stalled);
		all.start({ team: null });
		await fetching();
		const { job } = all;
		void all.cancel();
		void all.cancel();
		all.dismiss();
		all.start({ team: null });
		expect(all.job?.filename).toBe(job?.filename);
		expect(await outcome()).toEqual({ kind: 'cancelled' });
	});

	test('when the archive is as good as finished: it is not handed over', async () => {
		const { all, saved, reached } = await downloads();
		const phases = new Set<string>();
		all.start({ team: null });
		// Pressed at the latest moment that the page knows of, again and again until a press comes in time.
		await until(() => {
			const state = all.job?.state;
			if (state?.kind === 'running') phases.add(state.progress.phase);
			return state?.kind !== 'running' || state.progress.phase === 'packing';
		});
		const inTime = all.job?.state.kind === 'running';
		void all.cancel();
		await reached('finished');
		expect(saved).toHaveLength(inTime ? 0 : 1);
	});

	test('before its worker has started: the next download is its own, and the first one never runs', async () => {
		const { all, standIn, saved, outcome } = await downloads();
		const { release, started } = lateWorkers();
		all.start({ team: { id: 'first', name: 'First' } });
		await until(() => started() === 1);
		await all.cancel();
		expect(await outcome()).toEqual({ kind: 'cancelled' });
		all.start({ team: null });
		release();
		expect(await outcome()).toMatchObject({ kind: 'saved', membersTotal: 3 });
		expect(started()).toBe(2);
		expect(standIn.log.map(({ query }) => query.get('teamId'))).not.toContain('first');
		expect(saved).toHaveLength(1);
	});
});

/** Gives Node workers, on its own thread, that hear nothing until they are released. */
function lateWorkers(): { release: () => void; started: () => number } {
	const released = deferred();
	let started = 0;
	class LateWorker {
		readonly #page: MessagePort;

		constructor() {
			const { port1, port2 } = new MessageChannel();
			this.#page = port1;
			started++;
			serve(createDownloadApi(), port2);
		}

		addEventListener(type: string, listener: EventListener): void {
			if (type !== 'message') return;
			this.#page.addEventListener(type, listener);
			this.#page.start();
		}

		removeEventListener(type: string, listener: EventListener): void {
			this.#page.removeEventListener(type, listener);
		}

		postMessage(message: unknown, transfer: Transferable[]): void {
			void released.promise.then(() => this.#page.postMessage(message, transfer));
		}

		terminate(): void {
			this.#page.close();
		}
	}
	vi.stubGlobal('Worker', LateWorker);
	onTestFinished(() => void vi.unstubAllGlobals());
	return { release: () => released.resolve(), started: () => started };
}
