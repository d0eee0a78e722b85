import * as Comlink from 'comlink';
import type { ArchiveOptions, ArchiveWriter, PlacedEntry } from '$lib/zip/archive';
import { createArchive, resumeArchive } from '$lib/zip/open-archive';
import { SpoolFullError } from '$lib/zip/errors';
import { verifyArchive } from '$lib/zip/receipt';
import type { Spool } from '$lib/zip/sink';
import { canSpool, openSpool, roomFor, type SyncAccessHandle } from '$lib/zip/spool';

/** What only a worker can do with a spool, for the tests to ask for. */

const never = new AbortController().signal;
const spools = new Map<string, Spool>();
let archive: ArchiveWriter;
let journal: PlacedEntry[] = [];

function optionsFor(name: string): ArchiveOptions & { spool: { open(): Promise<Spool> } } {
	return {
		modified: new Date(2026, 10, 24),
		maxBytes: Infinity,
		memoryBytes: 1000,
		spool: { open: () => openSpool(name) },
		onflushed: (entries) => void journal.push(...entries),
	};
}

const api = {
	canSpool,
	/** In a worker of its own, whose browser refuses from then on. */
	canSpoolWhenRefused() {
		navigator.storage.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));
		return canSpool();
	},
	roomFor,
	/** In a browser that refuses the file. Returns the error's name, and what is locked after. */
	async roomForRefused(): Promise<unknown[]> {
		const { prototype } = FileSystemFileHandle as unknown as {
			prototype: { createSyncAccessHandle(): Promise<SyncAccessHandle> };
		};
		prototype.createSyncAccessHandle = () => Promise.reject(new DOMException('', 'InvalidStateError'));
		const error = await roomFor(1000).catch((reason: Error) => reason.name);
		const { held = [] } = await navigator.locks.query();
		return [error, held.filter((lock) => lock.name?.includes('room-')).length];
	},
	async open(name: string): Promise<number> {
		const spool = await openSpool(name);
		spools.set(name, spool);
		return spool.size;
	},
	/** Returns the size after it. */
	append(name: string, bytes: Uint8Array): number {
		spools.get(name)!.append(bytes);
		return spools.get(name)!.size;
	},
	read: (name: string, offset: number, length: number) => spools.get(name)!.read(offset, length),
	cut: (name: string, size: number) => spools.get(name)!.cut(size),
	flush: (name: string) => spools.get(name)!.flush(),
	close: (name: string) => spools.get(name)!.close(),
	release: (name: string) => spools.get(name)!.release(),
	delete: (name: string) => spools.get(name)!.delete(),

	/** The next write answers like this. Returns what the spool said to it, and its size and its file's after. */
	async appendAnswered(name: string, bytes: Uint8Array, answer: number | 'throws') {
		const { prototype } = (
			globalThis as unknown as { FileSystemSyncAccessHandle: { prototype: SyncAccessHandle } }
		).FileSystemSyncAccessHandle;
		const original = prototype.write;
		prototype.write = function (given, options) {
			// As on a full disk: a part is there.
			original.call(this, given.subarray(0, 3), options);
			if (answer === 'throws') throw new DOMException('full', 'QuotaExceededError');
			return answer;
		};
		const spool = spools.get(name)!;
		try {
			spool.append(bytes);
			return null;
		} catch (error) {
			const isFull = error instanceof SpoolFullError;
			return {
				isFull,
				needed: isFull ? error.needed : null,
				free: await spool.free!(bytes.length),
				size: spool.size,
				fileSize: (await spool.file()).size,
			};
		} finally {
			prototype.write = original;
		}
	},

	/** Adds so many files of 1,000 bytes, from number `from` on, to a new or a continued archive. */
	async fill(name: string, from: number, count: number, entries: PlacedEntry[] | null): Promise<number> {
		journal = [...(entries ?? [])];
		let held = 0;
		if (entries) {
			const resumed = await resumeArchive(optionsFor(name), entries, { signal: never });
			archive = resumed.archive;
			held = resumed.held.length;
			journal = [...resumed.held];
		} else archive = createArchive(optionsFor(name));
		for (let n = from; n < from + count; n++) await archive.add(`${n}.jpg`, new Uint8Array(1000).fill(n));
		return held;
	},
	/** Leaves it as it is, like a crash does, or as a cancel does. */
	async leave(keep: boolean): Promise<PlacedEntry[]> {
		await archive.dispose({ keep });
		return journal;
	},
	async finish(): Promise<{ blob: Blob; paths: string[]; spooled: boolean }> {
		const blob = await archive.finish({ signal: never });
		const found = await archive.verify(blob, { signal: never });
		await verifyArchive(blob, archive.entries, never);
		return { blob, paths: found.map(({ path }) => path), spooled: archive.spooled };
	},

	/**
	 * Milliseconds for so many bytes in files of such a size: raw writes, an archive, its receipt, the receipt
	 * of one in memory, and the proof that a next run would ask for.
	 */
	async measure(name: string, total: number, size: number) {
		const bytes = new Uint8Array(size);
		for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
		const laps: Record<string, number> = {};
		const lap = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
			const start = performance.now();
			const result = await work();
			laps[what] = Math.round(performance.now() - start);
			return result;
		};
		const count = Math.ceil(total / size);
		await lap('raw', async () => {
			const spool = await openSpool(name);
			for (let n = 0; n < count; n++) {
				spool.append(bytes);
				if (n % 6 === 5) spool.flush();
			}
			spool.flush();
			await spool.delete();
			spool.release();
		});
		archive = createArchive({ ...optionsFor(name), memoryBytes: 134_217_728 });
		const blob = await lap('archive', async () => {
			for (let n = 0; n < count; n++) await archive.add(`member${n}@example.com/headshot.jpg`, bytes);
			return archive.finish({ signal: never });
		});
		await lap('receipt', () => archive.verify(blob, { signal: never }));
		await lap('all bytes', () => verifyArchive(blob, archive.entries, never));
		const entries = journal.slice();
		await archive.dispose({ keep: true });
		await lap('proof', async () => {
			const resumed = await resumeArchive(optionsFor(name), entries, { signal: never });
			if (resumed.held.length !== count) throw new Error('not all held');
			archive = resumed.archive;
		});
		await archive.dispose({ keep: false });
		return laps;
	},
};

export type SpoolWorker = typeof api;

Comlink.expose(api);
