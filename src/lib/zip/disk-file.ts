import { SpoolFullError } from './errors';
import type { ArchiveFile } from './sink';

/** A large file is looked through before the browser puts it in place: for ten seconds in all. */
const TRIES = 100;
const PAUSE_MS = 100;

/** What the admin chose to save to can't be written: it is gone, or the browser may not any more. */
export class DiskFileError extends Error {
	override readonly name = 'DiskFileError';
}

/**
 * The file that the admin chose, on their own disk. The browser writes beside it and puts it in place when it is closed, so
 * a crash leaves the file as it was: such an archive can't be continued.
 * @throws DiskFileError
 */
export async function openDiskFile(handle: FileSystemFileHandle): Promise<ArchiveFile> {
	try {
		return new DiskFile(handle, await handle.createWritable());
	} catch (cause) {
		throw new DiskFileError(`${handle.name} can't be written.`, { cause });
	}
}

/** Whether there is nothing in it; not, where nobody can tell. */
export function isEmpty(handle: FileSystemFileHandle): Promise<boolean> {
	return handle.getFile().then(
		({ size }) => size === 0,
		() => false,
	);
}

/** What the browser made when the admin chose the file goes, unless something is in it: see `removeOurs`. */
export function removeEmpty(handle: FileSystemFileHandle): Promise<void> {
	return removeOurs(handle, false);
}

/**
 * Takes the file away that the admin chose, as nothing comes of it. For a page, too, when the worker that wrote beside it
 * was ended: the browser may still be closing it then, and fills the file. Never rejects.
 * @param isOurs whatever is in it is of this download; else it goes only while it is empty: what was there before is the
 * admin's
 */
export async function removeOurs(handle: FileSystemFileHandle, isOurs: boolean): Promise<void> {
	for (let tries = 0; tries < TRIES; tries++) {
		try {
			if (isOurs || (await handle.getFile()).size === 0) await (handle as Removable).remove?.();
			return;
		} catch (error) {
			// A worker that was ended lets go of it a moment later.
			if (!(error instanceof DOMException && error.name === 'NoModificationAllowedError')) return;
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		}
	}
}

class DiskFile implements ArchiveFile {
	readonly #handle: FileSystemFileHandle;
	/** `null` once it is closed, whatever came of it. */
	#stream: FileSystemWritableFileStream | null;
	/** What is in the file is ours, in place of what was there before. */
	#isPlaced = false;
	#size = 0;
	/** So much was written, in bytes: after a cut it may be more than what counts. */
	#written = 0;

	constructor(handle: FileSystemFileHandle, stream: FileSystemWritableFileStream) {
		this.#handle = handle;
		this.#stream = stream;
	}

	get size(): number {
		return this.#size;
	}

	async append(bytes: Uint8Array): Promise<void> {
		const end = this.#size + bytes.length;
		this.#written = Math.max(this.#written, end);
		try {
			await this.#open.write({ type: 'write', position: this.#size, data: bytes as BufferSource });
		} catch (cause) {
			throw this.#reason(cause, bytes.length);
		}
		this.#size = end;
	}

	/** Written over, or cut off in the end. */
	cut(size: number): void {
		this.#size = Math.min(size, this.#size);
	}

	flush(): void {
		// Until it is closed it is no file yet.
	}

	async close(): Promise<void> {
		const stream = this.#stream;
		if (!stream) return;
		this.#stream = null;
		try {
			if (this.#written > this.#size) await stream.truncate(this.#size);
			await stream.close();
			this.#isPlaced = true;
		} catch (cause) {
			throw this.#reason(cause, this.#size);
		}
	}

	async file(): Promise<File> {
		try {
			return await this.#handle.getFile();
		} catch (cause) {
			throw new DiskFileError(`${this.#handle.name} can't be read back.`, { cause });
		}
	}

	async delete(): Promise<void> {
		await this.#abort();
		await removeOurs(this.#handle, this.#isPlaced);
	}

	release(): void {
		void this.#abort();
	}

	/** The file is as it was before. Never rejects. */
	async #abort(): Promise<void> {
		const stream = this.#stream;
		this.#stream = null;
		// A stream that has failed already says so again.
		await stream?.abort().catch(() => {});
	}

	get #open(): FileSystemWritableFileStream {
		if (!this.#stream) throw new DiskFileError(`${this.#handle.name} is closed.`);
		return this.#stream;
	}

	#reason(cause: unknown, needed: number): Error {
		if (cause instanceof DiskFileError) return cause;
		if (cause instanceof DOMException && cause.name === 'QuotaExceededError') {
			return new SpoolFullError(needed, null, { cause });
		}
		return new DiskFileError(`${this.#handle.name} can't be written any more.`, { cause });
	}
}

/** What TypeScript's library lacks. https://github.com/whatwg/fs/pull/9 */
interface Removable extends FileSystemFileHandle {
	remove?(): Promise<void>;
}
