import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { JobOutcome } from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { deferred, quickLimits, settled, until } from '../backend/client-helpers.ts';
import { giveWorker } from './worker-helpers.ts';

// Node has neither a worker of the web nor a file that is chosen: what is told here is when each of them says what.

vi.mock('$lib/download/job/start-worker', () => ({ startWorker: () => new Worker('') }));
afterEach(() => void vi.useRealTimers());

/** The admin's file. It has no methods of its own, so that it can be cloned. */
class Place {
	readonly kind = 'file';
	readonly name = 'chosen.zip';
	size = 0;
	isThere = true;
	/** The browser is closing it. */
	isHeld = false;

	async getFile(): Promise<{ size: number }> {
		if (!this.isThere) throw new DOMException('', 'NotFoundError');
		return { size: this.size };
	}

	async remove(): Promise<void> {
		if (!this.isThere) throw new DOMException('', 'NotFoundError');
		if (this.isHeld) throw new DOMException('', 'NoModificationAllowedError');
		this.isThere = false;
	}
}

const SIZE = 1000;

const saved: JobOutcome = {
	kind: 'saved',
	filename: 'chosen.zip',
	blob: new Blob(),
	spool: null,
	inPlace: true,
	entries: 2,
	bytes: SIZE,
	membersSaved: 1,
	membersTotal: 1,
	delivered: [],
	failures: [],
	skipped: [],
};

/** A download whose worker writes to the file, and has begun. @param ending what it does once Cancel has reached it */
async function downloadTo(place: Place, ending: () => Promise<JobOutcome>) {
	const begun = deferred();
	const cancelled = deferred();
	const { ended } = giveWorker({
		run: async () => {
			begun.resolve();
			await cancelled.promise;
			return ending();
		},
		cancel: () => cancelled.resolve(),
	});
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		choosePlace: async () => place as unknown as FileSystemFileHandle,
	});
	onTestFinished(() => all.dispose());
	all.start({ team: null, straightToDisk: true });
	await begun.promise;
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const outcome = async () => {
		await until(() => all.job?.state.kind === 'finished');
		return all.job?.state;
	};
	return { all, outcome, ended };
}

const cancelled = { kind: 'finished', outcome: { kind: 'cancelled' } };

test.each([
	['empty', 0],
	['full', 5],
])(
	'a file, %s before, that was saved in the moment of Cancel is gone before it says that nothing was saved',
	async (_, size) => {
		const place = new Place();
		place.size = size;
		const { all, outcome } = await downloadTo(place, async () => {
			place.size = SIZE;
			return saved;
		});
		void all.cancel();
		expect(await outcome()).toEqual(cancelled);
		expect(place.isThere).toBe(false);
	},
);

test('given Cancel while the file is being closed, then its worker gets the time to take it away', async () => {
	const place = new Place();
	const closed = deferred();
	const { all, outcome, ended } = await downloadTo(place, async () => {
		await closed.promise;
		place.size = SIZE;
		await place.remove();
		return { kind: 'cancelled' };
	});
	void all.cancel();
	await vi.advanceTimersByTimeAsync(5_000);
	await settled();
	expect([all.job?.state.kind, ended.mock.calls.length]).toEqual(['cancelling', 0]);
	closed.resolve();
	expect(await outcome()).toEqual(cancelled);
	expect([place.isThere, ended.mock.calls.length]).toEqual([false, 1]);
});

test('given a worker that takes too long, then what the browser puts in the file after its end goes, too', async () => {
	const place = new Place();
	const { all, outcome, ended } = await downloadTo(place, () => new Promise(() => {}));
	place.isHeld = true;
	void all.cancel();
	await vi.advanceTimersByTimeAsync(15_000);
	expect(ended).toHaveBeenCalledTimes(1);
	expect([all.job?.state.kind, place.isThere]).toEqual(['cancelling', true]);
	Object.assign(place, { size: SIZE, isHeld: false });
	expect(await outcome()).toEqual(cancelled);
	expect(place.isThere).toBe(false);
});

test.each([
	['by itself', async (): Promise<JobOutcome> => ({ kind: 'cancelled' })],
	['by force', () => new Promise<JobOutcome>(() => {})],
])('what was in the file before stays, when the worker ends %s', async (_, ending) => {
	const place = new Place();
	place.size = 5;
	const { all, outcome } = await downloadTo(place, ending);
	void all.cancel();
	await vi.advanceTimersByTimeAsync(15_000);
	expect(await outcome()).toEqual(cancelled);
	expect([place.isThere, place.size]).toEqual([true, 5]);
});

test('what somebody else puts into the file after its worker has tidied up stays', async () => {
	const place = new Place();
	const { all, outcome } = await downloadTo(place, async () => {
		place.size = 7;
		return { kind: 'cancelled' };
	});
	void all.cancel();
	expect(await outcome()).toEqual(cancelled);
	expect([place.isThere, place.size]).toEqual([true, 7]);
});

test('given others who come in sight meanwhile, then the file goes all the same, and a download of theirs is left alone', async () => {
	const place = new Place();
	const { all, ended } = await downloadTo(place, () => new Promise(() => {}));
	place.isHeld = true;
	all.forgetAll();
	await until(() => ended.mock.calls.length === 1);
	all.start({ team: null });
	Object.assign(place, { size: SIZE, isHeld: false });
	await until(() => !place.isThere);
	await settled();
	expect(all.job?.state.kind).toBe('running');
});
