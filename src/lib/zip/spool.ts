import { SpoolBusyError, SpoolFullError } from './errors';
import type { Spool } from './sink';
import { lockSpool } from './spool-lock';
import { spoolDirectory, spoolFile } from './spool-files';

/** Names a file that only asks for room. */
const PROBE = 'room-';
/** A file's room is known to this share of what was wanted. */
const FINENESS = 1 / 64;

/**
 * How many of `wanted` bytes a file may have, to about 2 % of them: a file is grown without a byte written, which takes no
 * time on a disk. `navigator.storage.estimate()` is no answer: Chromium says 10 GiB whatever there is, more or less (a
 * private window has a tenth of it). How full the disk itself is, no browser tells. Workers only.
 * @throws a DOMException when the browser has no room for files or refuses them
 */
export async function roomFor(wanted: number): Promise<number> {
	const name = `${PROBE}${crypto.getRandomValues(new Uint32Array(1))[0]}`;
	const release = await lockSpool(name);
	try {
		const directory = await spoolDirectory();
		const file = (await directory.getFileHandle(name, { create: true })) as SyncFileHandle;
		try {
			return await roomIn(file, wanted);
		} finally {
			await directory.removeEntry(name);
		}
	} finally {
		release?.();
	}
}

async function roomIn(file: SyncFileHandle, wanted: number): Promise<number> {
	const handle = await file.createSyncAccessHandle();
	try {
		let room = canGrow(handle, wanted) ? wanted : 0;
		for (let step = wanted / 2; room < wanted && step >= wanted * FINENESS; step /= 2) {
			if (canGrow(handle, Math.floor(room + step))) room = Math.floor(room + step);
		}
		return room;
	} finally {
		handle.close();
	}
}

function canGrow(handle: SyncAccessHandle, size: number): boolean {
	try {
		handle.truncate(size);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
		throw error;
	}
	// In a private window Chromium doesn't throw, and doesn't grow.
	return handle.getSize() === size;
}

/** What TypeScript's page library lacks, as only workers have it. https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle */
export interface SyncAccessHandle {
	write(bytes: Uint8Array, options: { at: number }): number;
	read(into: Uint8Array, options: { at: number }): number;
	truncate(size: number): void;
	getSize(): number;
	flush(): void;
	close(): void;
}

interface SyncFileHandle extends FileSystemFileHandle {
	createSyncAccessHandle(): Promise<SyncAccessHandle>;
}

/** Whether this is a worker of a browser that can write such files, and lets it. */
export async function canSpool(): Promise<boolean> {
	const isKnown =
		typeof FileSystemFileHandle === 'function' &&
		'createSyncAccessHandle' in FileSystemFileHandle.prototype &&
		typeof navigator.storage?.getDirectory === 'function' &&
		'locks' in navigator;
	// In a private window, Firefox and Safari have all of it, and refuse.
	return (
		isKnown &&
		navigator.storage.getDirectory().then(
			() => true,
			() => false,
		)
	);
}

/**
 * Opens a spool with what is in it, or makes an empty one. Workers only.
 * @throws SpoolBusyError when it is in use; a DOMException when the browser has no room for files or refuses them
 */
export async function openSpool(name: string): Promise<Spool> {
	const release = await lockSpool(name);
	if (!release) throw new SpoolBusyError(`The file ${name} is in use.`);
	try {
		const directory = await spoolDirectory();
		const file = (await directory.getFileHandle(name, { create: true })) as SyncFileHandle;
		return new OpfsSpool(name, file, await file.createSyncAccessHandle(), release);
	} catch (error) {
		release();
		// Somebody holds the file without the lock, such as a worker that is just ending.
		if (error instanceof DOMException && error.name === 'NoModificationAllowedError') {
			throw new SpoolBusyError(`The file ${name} is in use.`, { cause: error });
		}
		throw error;
	}
}

class OpfsSpool implements Spool {
	readonly name: string;
	readonly #file: SyncFileHandle;
	#handle: SyncAccessHandle;
	readonly #release: () => void;
	#size: number;

	constructor(name: string, file: SyncFileHandle, handle: SyncAccessHandle, release: () => void) {
		this.name = name;
		this.#file = file;
		this.#handle = handle;
		this.#release = release;
		this.#size = handle.getSize();
	}

	get size(): number {
		return this.#size;
	}

	append(bytes: Uint8Array): void {
		let written: number;
		try {
			written = this.#handle.write(bytes, { at: this.#size });
		} catch (error) {
			if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
			this.#handle.truncate(this.#size);
			throw new SpoolFullError(bytes.length, null, { cause: error });
		}
		// On a full disk Chromium writes less, or answers with a huge number, and doesn't throw.
		if (written !== bytes.length) {
			this.#handle.truncate(this.#size);
			throw new SpoolFullError(bytes.length);
		}
		this.#size += written;
	}

	read(offset: number, length: number): Uint8Array {
		const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)));
		const read = this.#handle.read(bytes, { at: offset });
		return read === bytes.length ? bytes : bytes.slice(0, read);
	}

	cut(size: number): void {
		if (size >= this.#size) return;
		this.#handle.truncate(size);
		this.#size = size;
	}

	flush(): void {
		this.#handle.flush();
	}

	close(): void {
		this.#handle.close();
	}

	async reopen(): Promise<void> {
		this.#handle = await this.#file.createSyncAccessHandle();
		this.#size = this.#handle.getSize();
	}

	async free(wanted: number): Promise<number | null> {
		try {
			return await roomFor(wanted);
		} catch (error) {
			// Not even for an empty file.
			return error instanceof DOMException && error.name === 'QuotaExceededError' ? 0 : null;
		}
	}

	file(): Promise<File> {
		return spoolFile(this.name);
	}

	async delete(): Promise<void> {
		this.close();
		await (await spoolDirectory()).removeEntry(this.name);
	}

	release(): void {
		this.close();
		this.#release();
	}
}
