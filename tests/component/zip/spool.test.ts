import * as Comlink from 'comlink';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { deleteSpool, deleteUnusedSpools, isKept, listSpools, spoolFile } from '$lib/zip/spool-files';
import { holdSpool, isInUse } from '$lib/zip/spool-lock';
import { canSpool } from '$lib/zip/spool';
import type { SpoolWorker } from './spool.worker';

// The file and the locks are the browser's own; only a full disk is played.

let names = 0;

/** A name that no other test uses; its file is deleted when the test has ended. */
function freshName(): string {
	const name = `test-${Date.now()}-${names++}.zip`;
	// The last handler runs first: a worker is started after the names that it uses.
	onTestFinished(async () => {
		await vi.waitFor(async () => expect(await deleteSpool(name)).toBe(true));
	});
	return name;
}

/** A worker, as another tab has one too. */
function startWorker(): { api: Comlink.Remote<SpoolWorker>; kill: () => void } {
	const worker = new Worker(new URL('./spool.worker.ts', import.meta.url), { type: 'module' });
	const kill = () => worker.terminate();
	onTestFinished(kill);
	return { api: Comlink.wrap<SpoolWorker>(worker), kill };
}

async function bytesOf(name: string): Promise<number[]> {
	return [...new Uint8Array(await (await spoolFile(name)).arrayBuffer())];
}

async function overwrite(name: string, change: (bytes: number[]) => number[]): Promise<void> {
	const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('headshot-admin');
	const bytes = change(await bytesOf(name));
	const writable = await (await root.getFileHandle(name)).createWritable();
	await writable.write(new Uint8Array(bytes));
	await writable.close();
}

describe('given a spool', () => {
	test('only a worker can write one', async () => {
		expect(await canSpool()).toBe(false);
		expect(await startWorker().api.canSpool()).toBe(true);
	});

	test('nobody can where the browser has such files and refuses them, as in a private window of Firefox', async () => {
		expect(await startWorker().api.canSpoolWhenRefused()).toBe(false);
	});

	test('room is asked for without a file left behind, and nobody has a million gigabytes', async () => {
		const { api } = startWorker();
		const before = await listSpools();
		expect(await api.roomFor(1_000_000)).toBe(1_000_000);
		const room = await api.roomFor(1e15);
		expect(room).toBeGreaterThanOrEqual(0);
		expect(room).toBeLessThan(1e15);
		expect(await listSpools()).toEqual(before);
	});

	test('asking for room where the browser refuses leaves neither file nor lock', async () => {
		const before = await listSpools();
		expect(await startWorker().api.roomForRefused()).toEqual(['InvalidStateError', 0]);
		expect(await listSpools()).toEqual(before);
	});

	test('what is appended is read, cut and in the file', async () => {
		const [name, { api }] = [freshName(), startWorker()];
		expect(await api.open(name)).toBe(0);
		expect(await api.append(name, Uint8Array.of(1, 2, 3))).toBe(3);
		expect(await api.append(name, Uint8Array.of(4, 5))).toBe(5);
		expect([...(await api.read(name, 1, 3))]).toEqual([2, 3, 4]);
		expect([...(await api.read(name, 4, 10))]).toEqual([5]);
		expect([...(await api.read(name, 9, 10))]).toEqual([]);
		await api.cut(name, 4);
		expect(await api.append(name, Uint8Array.of(9))).toBe(5);
		await api.flush(name);
		await api.close(name);
		expect(await bytesOf(name)).toEqual([1, 2, 3, 4, 9]);
		expect(await listSpools()).toContain(name);
	});

	test('it is opened again with what was in it', async () => {
		const [name, { api }] = [freshName(), startWorker()];
		await api.open(name);
		await api.append(name, Uint8Array.of(1, 2, 3));
		await api.release(name);
		expect(await api.open(name)).toBe(3);
		expect([...(await api.read(name, 0, 3))]).toEqual([1, 2, 3]);
	});

	test('deleted, it is gone', async () => {
		const [name, { api }] = [freshName(), startWorker()];
		await api.open(name);
		await api.delete(name);
		await api.release(name);
		expect(await listSpools()).not.toContain(name);
	});

	test.each([3, 0, 2 ** 32 - 1, -1, 'throws' as const])(
		'a write that is answered with %s is a full disk, and leaves nothing behind',
		async (answer) => {
			const [name, { api }] = [freshName(), startWorker()];
			await api.open(name);
			await api.append(name, Uint8Array.of(1, 2));
			const said = await api.appendAnswered(name, new Uint8Array(10), answer);
			expect(said).toMatchObject({ isFull: true, needed: 10, size: 2, fileSize: 2 });
			// The disk itself has room.
			expect(said!.free).toBe(10);
			await api.append(name, Uint8Array.of(3));
			await api.close(name);
			expect(await bytesOf(name)).toEqual([1, 2, 3]);
		},
	);
});

describe('given a spool in use', () => {
	test('others see it, and can neither open nor delete it, until it is released', async () => {
		const [name, one, other] = [freshName(), startWorker(), startWorker()];
		expect(await isInUse(name)).toBe(false);
		await one.api.open(name);
		expect(await isInUse(name)).toBe(true);
		await expect(other.api.open(name)).rejects.toThrow('in use');
		expect(await deleteSpool(name)).toBe(false);

		// Closed, but not yet delivered.
		await one.api.close(name);
		await expect(other.api.open(name)).rejects.toThrow('in use');
		await one.api.release(name);
		expect(await isInUse(name)).toBe(false);
		expect(await other.api.open(name)).toBe(0);
	});

	test('a worker that dies lets go of it', async () => {
		const [name, one, other] = [freshName(), startWorker(), startWorker()];
		await one.api.open(name);
		await one.api.append(name, Uint8Array.of(1));
		await one.api.flush(name);
		one.kill();
		await vi.waitFor(async () => expect(await other.api.open(name)).toBe(1));
	});

	test('one whose worker has just been ended is kept, and free', async () => {
		const name = freshName();
		expect(await isKept(name)).toBe(false);
		const { api, kill } = startWorker();
		await api.open(name);
		kill();
		expect(await isKept(name)).toBe(true);
		expect(await startWorker().api.open(name)).toBe(0);
	});

	test('a page takes it over from its worker without a gap', async () => {
		const [name, { api }, other] = [freshName(), startWorker(), startWorker()];
		await api.open(name);
		const held = holdSpool(name);
		await api.release(name);
		await expect(other.api.open(name)).rejects.toThrow('in use');
		const release = await held;
		expect(await isInUse(name)).toBe(true);
		await expect(other.api.open(name)).rejects.toThrow('in use');
		release();
		await vi.waitFor(async () => expect(await isInUse(name)).toBe(false));
	});

	test('the unused are deleted, except those to keep', async () => {
		const [used, kept, unused] = [freshName(), freshName(), freshName()];
		const { api } = startWorker();
		for (const name of [used, kept, unused]) await api.open(name);
		for (const name of [kept, unused]) await api.release(name);
		expect(await deleteUnusedSpools(new Set([kept]))).toContain(unused);
		const left = await listSpools();
		expect(left).toContain(used);
		expect(left).toContain(kept);
		expect(left).not.toContain(unused);
	});
});

describe('given an archive in a spool', () => {
	test('it is a file of the disk, typed, and readable by the page', async () => {
		const [name, { api }] = [freshName(), startWorker()];
		await api.fill(name, 0, 20, null);
		const { blob, paths, spooled } = await api.finish();
		expect(spooled).toBe(true);
		expect(paths).toHaveLength(20);
		expect(blob.type).toBe('application/zip');
		expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual(await bytesOf(name));
		await api.leave(true);
		expect(await isInUse(name)).toBe(false);
		expect(await listSpools()).toContain(name);
	});

	test('cancelled without keeping, it leaves no file and no lock', async () => {
		const [name, { api }] = [freshName(), startWorker()];
		await api.fill(name, 0, 20, null);
		await api.leave(false);
		expect(await listSpools()).not.toContain(name);
		expect(await isInUse(name)).toBe(false);
	});

	test('kept, it is continued by another worker, and the archive is that of one run', async () => {
		const [name, whole, one, other] = [freshName(), freshName(), startWorker(), startWorker()];
		await one.api.fill(name, 0, 20, null);
		const journal = await one.api.leave(true);
		expect(journal).toHaveLength(20);
		expect(await other.api.fill(name, 20, 10, journal)).toBe(20);
		await other.api.finish();
		await one.api.fill(whole, 0, 30, null);
		await one.api.finish();
		expect(await bytesOf(name)).toEqual(await bytesOf(whole));
	});

	test.each<[string, (bytes: number[]) => number[], number]>([
		['a byte of a photo', (bytes) => bytes.with(5 * 1044 + 500, 77), 5],
		['a header', (bytes) => bytes.with(5 * 1044 + 14, 77), 5],
		['its end cut', (bytes) => bytes.slice(0, 7 * 1044 - 1), 6],
		['something behind it', (bytes) => [...bytes, ...bytes], 10],
	])('with %s changed, it is continued with what holds', async (_, change, held) => {
		const [name, one, other] = [freshName(), startWorker(), startWorker()];
		// One digit each: 30 + 5 + 9 + 1,000 bytes.
		await one.api.fill(name, 0, 10, null);
		const journal = await one.api.leave(true);
		expect(journal[1]!.offset).toBe(1044);
		await overwrite(name, change);
		expect(await other.api.fill(name, held, 10 - held, journal)).toBe(held);
		expect((await other.api.finish()).paths).toHaveLength(10);
	});

	test('with its file missing, it starts over', async () => {
		const [name, one, other] = [freshName(), startWorker(), startWorker()];
		await one.api.fill(name, 0, 10, null);
		const journal = await one.api.leave(true);
		expect(await deleteSpool(name)).toBe(true);
		expect(await other.api.fill(name, 0, 3, journal)).toBe(0);
		expect((await other.api.finish()).paths).toHaveLength(3);
	});

	test('two workers continue it at once: one does, the other is told', async () => {
		const [name, one, other] = [freshName(), startWorker(), startWorker()];
		await one.api.fill(name, 0, 10, null);
		const journal = await one.api.leave(true);
		const both = await Promise.allSettled([one, other].map(({ api }) => api.fill(name, 10, 5, journal)));
		const refused = both.filter((end) => end.status === 'rejected');
		expect(refused.map(({ reason }) => String(reason))).toEqual([expect.stringContaining('in use')]);
	});
});

// VITE_BIG=1 npm run test:component -- spool
test.runIf(import.meta.env.VITE_BIG === '1')(
	'given 3 GB in 2,000 files: what it costs',
	{ timeout: 600_000 },
	async () => {
		const [name, { api }] = [freshName(), startWorker()];
		for (let run = 0; run < 2; run++) console.info(JSON.stringify(await api.measure(name, 3e9, 1.5e6)));
	},
);
