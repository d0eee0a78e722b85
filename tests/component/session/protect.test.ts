import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { isAnyBusy } from '$lib/offline/other-tabs';
import { parseConfig } from '$lib/session/config';
import { protectDownload } from '$lib/session/protect.svelte';

afterEach(() => void vi.restoreAllMocks());

/** The downloads of a backend that nobody reaches: they wait for the network. */
function protectedDownloads() {
	const { apiBase, limits } = parseConfig({ apiBase: 'https://nobody.invalid/api/v2' }, location.origin);
	const settings = { apiBase, origin: location.origin, limits };
	const downloads = new Downloads({ settings, save: () => {} });
	const locks = vi.spyOn(navigator.locks, 'request');
	const release = vi.fn(async () => {});
	const sentinel = { released: false, release } as unknown as WakeLockSentinel;
	const awake = vi.spyOn(navigator.wakeLock, 'request').mockResolvedValue(sentinel);
	const end = protectDownload(downloads);
	onTestFinished(() => {
		end();
		downloads.dispose();
	});
	const held = () => awake.mock.calls.length - release.mock.calls.length;
	return { downloads, end, locks, awakeHeld: held };
}

function leavingAsks(): boolean {
	return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

test('while a download runs, and no longer, other tabs know, leaving asks first, and the computer stays awake', async () => {
	const { downloads, locks, awakeHeld } = protectedDownloads();
	expect([await isAnyBusy(), leavingAsks(), awakeHeld()]).toEqual([false, false, 0]);
	downloads.start({ team: null });
	await expect.poll(async () => [await isAnyBusy(), leavingAsks(), awakeHeld()]).toEqual([true, true, 1]);
	// One lock from its start to its end, however often its progress changes.
	const start = downloads.job?.state;
	await expect.poll(() => downloads.job?.state).not.toBe(start);
	expect(locks).toHaveBeenCalledTimes(1);
	await downloads.cancel();
	await expect.poll(async () => [await isAnyBusy(), leavingAsks(), awakeHeld()]).toEqual([false, false, 0]);
});

test('whoever ends the protection gives everything back', async () => {
	const { downloads, end, awakeHeld } = protectedDownloads();
	downloads.start({ team: null });
	await expect.poll(async () => [await isAnyBusy(), leavingAsks(), awakeHeld()]).toEqual([true, true, 1]);
	end();
	await expect.poll(async () => [await isAnyBusy(), leavingAsks(), awakeHeld()]).toEqual([false, false, 0]);
});
