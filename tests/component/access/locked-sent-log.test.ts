import { expect, onTestFinished, test, vi } from 'vitest';
import { LockedSentLog } from '$lib/access/sent-log';

let members = 0;

/** A member of whom no other test knows: locks are the whole browser's. */
function twoTabs() {
	const here = new LockedSentLog(navigator.locks);
	const there = new LockedSentLog(navigator.locks);
	return { here, there, member: `member ${members++}` };
}

test('of two tabs that claim at the same moment one gets it', async () => {
	const { here, there, member } = twoTabs();
	const claims = await Promise.all([here.claim('o', member, 1), there.claim('o', member, 1)]);
	expect(claims.sort()).toEqual([false, true]);
	expect(await there.claim('another', member, 1)).toBe(true);
});

test('a claim holds until it is released, by its own time only', async () => {
	const { here, there, member } = twoTabs();
	expect(await here.claim('o', member, 1)).toBe(true);
	await here.release('o', member, 2);
	expect(await there.claim('o', member, 2)).toBe(false);
	await here.release('o', member, 1);
	await expect.poll(() => there.claim('o', member, 2)).toBe(true);
});

test('a claim holds for a minute', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout'] });
	onTestFinished(() => void vi.useRealTimers());
	const { here, there, member } = twoTabs();
	await here.claim('o', member, 1);
	vi.advanceTimersByTime(59_999);
	expect(await there.claim('o', member, 60_000)).toBe(false);
	vi.advanceTimersByTime(1);
	vi.useRealTimers();
	await expect.poll(() => there.claim('o', member, 60_001)).toBe(true);
});

test('where the browser refuses locks, the claim fails', async () => {
	const request = vi
		.spyOn(navigator.locks, 'request')
		.mockRejectedValue(new DOMException('', 'SecurityError'));
	onTestFinished(() => request.mockRestore());
	await expect(new LockedSentLog(navigator.locks).claim('o', 'm', 1)).rejects.toThrow(DOMException);
});
