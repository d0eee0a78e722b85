import {
	closeSync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readSync,
	statSync,
	writeSync,
} from 'node:fs';
import type { Sink } from '$lib/zip/sink';

/** From so many bytes on, zeros are left out of the file: a hole reads as zeros and takes no room. */
const HOLE = 1024 ** 3;

/** A file on this machine's disk. */
export class FileSink implements Sink {
	#size: number;
	#fd: number | null;

	constructor(path: string, flags: 'w+' | 'r+' = 'w+') {
		this.#fd = openSync(path, flags);
		this.#size = fstatSync(this.#fd).size;
	}

	get size(): number {
		return this.#size;
	}

	get #open(): number {
		if (this.#fd === null) throw new Error('closed');
		return this.#fd;
	}

	/** At 1 GiB and above the bytes must be zeros. */
	append(bytes: Uint8Array): void {
		const end = this.#size + bytes.length;
		if (bytes.length >= HOLE) ftruncateSync(this.#open, end);
		else if (writeSync(this.#open, bytes, 0, bytes.length, this.#size) !== bytes.length)
			throw new Error('short write');
		this.#size = end;
	}

	read(offset: number, length: number): Uint8Array {
		const bytes = new Uint8Array(length);
		return bytes.subarray(0, readSync(this.#open, bytes, 0, length, offset));
	}

	cut(size: number): void {
		if (size >= this.#size) return;
		ftruncateSync(this.#open, size);
		this.#size = size;
	}

	flush(): void {
		fsyncSync(this.#open);
	}

	close(): void {
		if (this.#fd !== null) closeSync(this.#fd);
		this.#fd = null;
	}
}

/**
 * A file as a Blob, read as it is needed. Node's `openAsBlob` gives slices of a file the wrong bytes.
 * @param patch changes what was read, in place
 */
export function fileBlob(path: string, patch: (at: number, bytes: Uint8Array) => void = () => {}): Blob {
	const slice = (start: number, end = size) => {
		const fd = openSync(path, 'r');
		const bytes = new Uint8Array(Math.min(end, size) - start);
		readSync(fd, bytes, 0, bytes.length, start);
		closeSync(fd);
		patch(start, bytes);
		return new Blob([bytes]);
	};
	const { size } = statSync(path);
	return { size, slice } as Blob;
}
