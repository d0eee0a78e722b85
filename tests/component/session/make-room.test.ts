import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { makeRoom } from '$lib/session/make-room';
import { addThumbnails, keptPhotos } from '$lib/offline/job/shelf';
import type { Store } from '$lib/storage/store';
import { deleteUnusedSpools, listSpools, spoolDirectory } from '$lib/zip/spool-files';
import { lockSpool } from '$lib/zip/spool-lock';
import { freshName, openStore } from '../storage/storage-helpers';

afterEach(async () => void (await deleteUnusedSpools(new Set())));

/** A browser that keeps these archives, each with its job, and a thumbnail. */
async function keeping(jobs: { id: string; finishedAt: number | null }[]) {
	const store = openStore(freshName());
	for (const { id, finishedAt } of jobs) {
		const counts = { membersDone: 1, membersTotal: 2 };
		await store.write(['jobs'], (transaction) =>
			transaction
				.objectStore('jobs')
				.put({ id, organization: 'o', request: { id }, startedAt: 1, finishedAt, ...counts }),
		);
		await (await spoolDirectory()).getFileHandle(id, { create: true });
	}
	await addThumbnails(store, 'o', [{ photoId: 'p', bytes: new Uint8Array(3) }], [], Date.now(), 1e6);
	const tell = vi.fn<(message: string) => void>();
	return { store, tell, make: () => makeRoom(store, tell) };
}

const left = async (store: Store) => [(await listSpools()).sort(), [...(await keptPhotos(store, 'o'))]];

test('what is missed least goes first, one kind at a time, until nothing is left', async () => {
	const { store, tell, make } = await keeping([
		{ id: 'done', finishedAt: Date.now() },
		{ id: 'interrupted', finishedAt: null },
	]);
	await (await spoolDirectory()).getFileHandle('of nobody', { create: true });
	expect(await make()).toBe(true);
	expect(await left(store)).toEqual([['interrupted'], ['p']]);
	expect(await make()).toBe(true);
	expect(await left(store)).toEqual([['interrupted'], []]);
	expect(tell).not.toHaveBeenCalled();
	expect(await make()).toBe(true);
	expect(await left(store)).toEqual([[], []]);
	expect(tell).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('interrupted download'));
	expect(await make()).toBe(false);
});

test('a file that is in use stays, handed over or not', async () => {
	const { store, make } = await keeping([
		{ id: 'done', finishedAt: Date.now() },
		{ id: 'at work', finishedAt: null },
	]);
	for (const id of ['done', 'at work']) onTestFinished((await lockSpool(id))!);
	expect([await make(), await make()]).toEqual([true, false]);
	expect(await left(store)).toEqual([['at work', 'done'], []]);
});

test('where the database can’t be read either, archives still make room', async () => {
	const { store, make } = await keeping([{ id: 'done', finishedAt: Date.now() }]);
	store.dispose();
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	onTestFinished(() => warn.mockRestore());
	expect([await make(), await make()]).toEqual([true, false]);
	expect(await listSpools()).toEqual([]);
});
