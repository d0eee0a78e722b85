import { expect, test, vi } from 'vitest';
import { Pauser } from '$lib/download/job/pauser';
import { inPool } from '$lib/net/pool';
import { listenersOf, never, rejection, settled } from '../backend/client-helpers.ts';

function pauser() {
	const said = vi.fn();
	return { pauser: new Pauser(said), said: () => said.mock.calls.flat() };
}

test('nobody waits where nothing is paused', async () => {
	const { pauser: door, said } = pauser();
	await door.pass(never);
	door.resume();
	expect(said()).toEqual([]);
});

test('what is under way finishes, nothing else begins, and after Resume nothing is missing', async () => {
	const { pauser: door, said } = pauser();
	const begun: number[] = [];
	const ended: number[] = [];
	const work = inPool(Array.from({ length: 10 }).keys(), 3, never, async (item) => {
		await door.pass(never);
		begun.push(item);
		if (item === 4) door.pause();
		await settled();
		ended.push(item);
	});
	await vi.waitFor(() => expect(said()).toEqual([true]));
	await settled();
	await settled();
	expect(begun.length).toBeLessThan(10);
	expect(ended.toSorted()).toEqual(begun.toSorted());
	door.resume();
	await work;
	expect(ended.toSorted((a, b) => a - b)).toEqual([...Array(10).keys()]);
	expect(said()).toEqual([true, false]);
});

test('a second press says nothing new', () => {
	const { pauser: door, said } = pauser();
	door.pause();
	door.pause();
	door.resume();
	door.resume();
	expect(said()).toEqual([true, false]);
});

test('paused anew at once, the waiters still wait', async () => {
	const { pauser: door } = pauser();
	const passed = vi.fn();
	door.pause();
	void door.pass(never).then(passed);
	door.resume();
	door.pause();
	await settled();
	expect(passed).not.toHaveBeenCalled();
	door.resume();
	await settled();
	expect(passed).toHaveBeenCalledOnce();
});

test('Cancel reaches whoever waits, and leaves no listener', async () => {
	const { pauser: door } = pauser();
	const controller = new AbortController();
	door.pause();
	const waiting = rejection(door.pass(controller.signal));
	const reason = new Error('cancelled');
	controller.abort(reason);
	expect(await waiting).toBe(reason);
	expect(listenersOf(controller.signal)).toBe(0);
});

test('once the last photo is here there is nothing to pause', async () => {
	const { pauser: door, said } = pauser();
	await door.close(never);
	door.pause();
	await door.pass(never);
	expect(said()).toEqual([]);
});
