import { expect, test, vi } from 'vitest';
import { ScreenLock } from '$lib/download/running/wake-lock';
import { deferred, settled } from '../backend/client-helpers.ts';

/** A browser whose locks are counted; `answer` may keep a request waiting. */
function browser({ answer = async () => {} }: { answer?: () => Promise<void> } = {}) {
	const locks: { released: boolean; release(): Promise<void> }[] = [];
	const request = vi.fn(async () => {
		await answer();
		const lock = { released: false, release: async () => void (lock.released = true) };
		locks.push(lock);
		return lock as unknown as WakeLockSentinel;
	});
	const page = Object.assign(new EventTarget(), {
		visibilityState: 'visible' as DocumentVisibilityState,
	});
	return {
		lock: new ScreenLock({ wakeLock: { request }, document: page as unknown as Document }),
		request,
		held: () => locks.filter(({ released }) => !released).length,
		async turn(state: DocumentVisibilityState) {
			page.visibilityState = state;
			// As the browser does.
			if (state === 'hidden') for (const lock of locks) lock.released = true;
			page.dispatchEvent(new Event('visibilitychange'));
			await settled();
		},
	};
}

test('it is held from hold to release, once', async () => {
	const { lock, held, request } = browser();
	lock.hold();
	lock.hold();
	await settled();
	expect([held(), request.mock.calls]).toEqual([1, [['screen']]]);
	lock.release();
	expect(held()).toBe(0);
});

test('it comes back with the page, and not before', async () => {
	const { lock, held, request, turn } = browser();
	lock.hold();
	await settled();
	await turn('visible');
	expect([held(), request.mock.calls.length]).toEqual([1, 1]);
	await turn('hidden');
	expect([held(), request.mock.calls.length]).toEqual([0, 1]);
	await turn('visible');
	expect([held(), request.mock.calls.length]).toEqual([1, 2]);
	lock.release();
	await turn('hidden');
	await turn('visible');
	expect([held(), request.mock.calls.length]).toEqual([0, 2]);
});

test('released while the browser was thinking, it is given back', async () => {
	const thinking = deferred();
	const { lock, held } = browser({ answer: () => thinking.promise });
	lock.hold();
	lock.release();
	thinking.resolve();
	await settled();
	expect(held()).toBe(0);
});

test('while the browser is thinking, it is not asked again', async () => {
	const thinking = deferred();
	const { lock, held, request, turn } = browser({ answer: () => thinking.promise });
	lock.hold();
	await turn('visible');
	expect(request).toHaveBeenCalledTimes(1);
	thinking.resolve();
	await settled();
	lock.release();
	expect(held()).toBe(0);
});

test('a browser that refuses, or has none, changes nothing', async () => {
	const { lock, held } = browser({ answer: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
	lock.hold();
	await settled();
	lock.release();
	expect(held()).toBe(0);
	const document = Object.assign(new EventTarget(), { visibilityState: 'visible' }) as unknown as Document;
	new ScreenLock({ wakeLock: undefined, document }).hold();
});
