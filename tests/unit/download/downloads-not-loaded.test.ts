import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { NOT_LOADED } from '$lib/worker/errors';
import { quickLimits, settled, until } from '../backend/client-helpers.ts';

vi.mock('$lib/download/running/work', () => {
	throw new Error('The network is away.');
});
afterEach(() => void vi.restoreAllMocks());

function downloads() {
	const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
	const choosePlace = vi.fn(async () => ({ name: 'chosen.zip' }) as FileSystemFileHandle);
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		choosePlace,
	});
	onTestFinished(() => all.dispose());
	return { all, choosePlace, errors };
}

test('before anything was asked for, nothing is on the screen', () => {
	const { all } = downloads();
	expect([all.job, all.running, all.dialogOpen, all.panelOpen, all.history]).toEqual([
		...[null, false, false, false],
		[],
	]);
	expect(all.canChoosePlace).toBe(true);
});

test('others who came in sight meanwhile hear nothing of it', async () => {
	const { all, errors } = downloads();
	all.start({ team: null });
	all.forgetAll();
	await until(() => errors.mock.calls.length === 1);
	await settled();
	expect([all.job, all.dialogOpen]).toEqual([null, false]);
});

test.each([false, true])(
	'what downloads can’t be loaded: said, and no file was chosen before (straight to disk: %s)',
	async (straightToDisk) => {
		const { all, choosePlace, errors } = downloads();
		all.start({ team: null, straightToDisk });
		await until(() => all.job?.state.kind === 'finished');
		const failed = { kind: 'failed', reason: NOT_LOADED, failures: [] };
		expect(all.job?.state).toEqual({ kind: 'finished', outcome: failed });
		expect([all.dialogOpen, all.running]).toEqual([true, false]);
		expect(choosePlace).not.toHaveBeenCalled();
		// Not held for a file that is being chosen: the next press tries again.
		all.again();
		await until(() => errors.mock.calls.length === 2 && !all.running);
		expect(all.job?.scope.straightToDisk).toBe(straightToDisk);
	},
);
