import { describe, expect, test, vi } from 'vitest';
import { BackendError } from '$lib/backend/errors';
import { SignInBarrier } from '$lib/download/job/sign-in';
import { deferred, listenersOf, never, rejection, settled } from '../backend/client-helpers.ts';

const signedOut = new BackendError('unauthorized', 'You are signed out of HeadshotPro.');
const reason = new Error('cancelled');

/** A session that ends and begins at will, and the barrier before it. */
function session({ signedIn = false } = {}) {
	const told: boolean[] = [];
	const barrier = new SignInBarrier((waiting) => told.push(waiting));
	const state = { signedIn };
	const call = vi.fn(async () => {
		if (!state.signedIn) throw signedOut;
		return 'done';
	});
	return { told, barrier, state, call, pass: (signal = never) => barrier.passing(call, signal) };
}

test('while the admin is signed in, nobody is asked anything', async () => {
	const { pass, told } = session({ signedIn: true });
	expect(await pass()).toBe('done');
	expect(told).toEqual([]);
});

test('any other error is thrown at once', async () => {
	const { barrier, told } = session();
	const broken = new BackendError('forbidden', 'You have no access to this organization.');
	expect(await rejection(barrier.passing(() => Promise.reject(broken), never))).toBe(broken);
	expect(told).toEqual([]);
});

test('a page that gives no token waits as for a sign-in', async () => {
	const { barrier, told } = session();
	const call = vi.fn(async () => 'done').mockRejectedValueOnce(new BackendError('no-token', 'No token.'));
	const lane = barrier.passing(call, never);
	await settled();
	expect(told).toEqual([true]);
	barrier.open();
	expect(await lane).toBe('done');
});

describe('what is checked after a sign-in', () => {
	test('is checked once, before anybody goes on', async () => {
		const { pass, state, barrier, call } = session();
		const check = deferred();
		barrier.check = vi.fn(() => check.promise);
		const lanes = [pass(), pass()];
		await settled();
		state.signedIn = true;
		barrier.open();
		await settled();
		expect([vi.mocked(barrier.check).mock.calls.length, call.mock.calls.length]).toEqual([1, 2]);
		check.resolve();
		expect(await Promise.all(lanes)).toEqual(['done', 'done']);
	});

	test('and is not as it must be: all who wait end, and nobody is asked any more', async () => {
		const { pass, told, barrier, call } = session();
		const wrong = new BackendError('forbidden', 'Another organization is signed in.');
		barrier.check = () => Promise.reject(wrong);
		const lanes = [rejection(pass()), rejection(pass())];
		await settled();
		barrier.open();
		expect(await Promise.all(lanes)).toEqual([wrong, wrong]);
		expect([told, call.mock.calls.length]).toEqual([[true, false], 2]);
	});
});

describe('given an admin who is signed out', () => {
	test('all lanes wait behind one question; once signed in, each calls again', async () => {
		const { pass, told, state, barrier, call } = session();
		const lanes = Array.from({ length: 6 }, () => pass());
		await settled();
		expect([told, call.mock.calls.length]).toEqual([[true], 6]);
		state.signedIn = true;
		barrier.open();
		expect(await Promise.all(lanes)).toEqual(lanes.map(() => 'done'));
		expect([told, call.mock.calls.length]).toEqual([[true, false], 12]);
	});

	test('who says so without having signed in is asked again', async () => {
		const { pass, told, state, barrier } = session();
		const lane = pass();
		await settled();
		barrier.open();
		await settled();
		expect(told).toEqual([true, false, true]);
		state.signedIn = true;
		barrier.open();
		expect(await lane).toBe('done');
	});

	test('a lane that comes later waits behind the same question', async () => {
		const { pass, told, state, barrier } = session();
		const first = pass();
		await settled();
		const second = pass();
		await settled();
		expect(told).toEqual([true]);
		state.signedIn = true;
		barrier.open();
		expect(await Promise.all([first, second])).toEqual(['done', 'done']);
	});

	test('a call from before the sign-in that is refused after it is made again, without another question', async () => {
		const { pass, told, state, barrier } = session();
		const first = pass();
		await settled();
		const refused = deferred();
		let calls = 0;
		const late = barrier.passing(async () => {
			if (++calls === 1) await refused.promise;
			return 'done';
		}, never);
		state.signedIn = true;
		barrier.open();
		expect(await first).toBe('done');
		refused.reject(signedOut);
		expect(await late).toBe('done');
		expect([calls, told]).toEqual([2, [true, false]]);
	});

	test('a press too many does nothing', async () => {
		const { pass, told, state, barrier } = session();
		barrier.open();
		const lane = pass();
		await settled();
		state.signedIn = true;
		barrier.open();
		barrier.open();
		expect(await lane).toBe('done');
		barrier.open();
		expect(told).toEqual([true, false]);
	});
});

describe('given an abort', () => {
	test('the waiting lane leaves with the reason and no listener; the others stay', async () => {
		const { pass, state, barrier } = session();
		const controller = new AbortController();
		const [leaving, staying] = [rejection(pass(controller.signal)), pass()];
		await settled();
		controller.abort(reason);
		expect(await leaving).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
		state.signedIn = true;
		barrier.open();
		expect(await staying).toBe('done');
	});

	test('during the call, nobody is asked to sign in any more', async () => {
		const { barrier, told } = session();
		const controller = new AbortController();
		const lane = barrier.passing(async () => {
			controller.abort(reason);
			throw signedOut;
		}, controller.signal);
		expect(await rejection(lane)).toBe(reason);
		expect(told).toEqual([]);
	});
});
