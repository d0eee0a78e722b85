import type { Sink } from './append-writer';
import { SpoolBusyError, SpoolFullError } from './errors';
import { lockSpool } from './spool-lock';
import { freeBytes, spoolDirectory, spoolFile } from './spool-files';

/** A file of ours in the browser's private storage (OPFS), written at its end. All sizes and offsets in bytes. */
export interface Spool extends Sink {
	readonly name: string;
	/** What is in it, on disk: a `File` that is read as it is needed, until the spool is deleted. */
	file(): Promise<File>;
	/** Opens it again after `close`. */
	reopen(): Promise<void>;
	/** Closes it and deletes its file. */
	delete(): Promise<void>;
	/** Closes it and lets others have it; until then, or until this worker ends, nobody else opens or deletes it. */
	release(): void;
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

/** Whether this is a worker of a browser that can write such files. */
export function canSpool(): boolean {
	return (
		typeof FileSystemFileHandle === 'function' &&
		'createSyncAccessHandle' in FileSystemFileHandle.prototype &&
		typeof navigator.storage?.getDirectory === 'function' &&
		'locks' in navigator
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

	free(): Promise<number | null> {
		return freeBytes();
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
