import type { Sink } from '$lib/zip/sink';
import { SpoolFullError } from '$lib/zip/errors';

/** A file in memory, on a disk of so many bytes. Tells what was flushed, as a crash would leave it. */
export class MemorySink implements Sink {
	size = 0;
	closed = false;
	flushes = 0;
	flushedSize = 0;
	#bytes = new Uint8Array(1024);
	readonly #room: number;

	constructor(bytes = new Uint8Array(0), room = Infinity) {
		this.#room = Infinity;
		this.append(bytes);
		this.#room = room;
	}

	get bytes(): Uint8Array<ArrayBuffer> {
		return this.#bytes.slice(0, this.size);
	}

	append(bytes: Uint8Array): void {
		if (this.closed) throw new Error('closed');
		if (this.size + bytes.length > this.#room) throw new SpoolFullError(bytes.length);
		if (this.size + bytes.length > this.#bytes.length) {
			const grown = new Uint8Array(2 * (this.size + bytes.length));
			grown.set(this.#bytes);
			this.#bytes = grown;
		}
		this.#bytes.set(bytes, this.size);
		this.size += bytes.length;
	}

	read(offset: number, length: number): Uint8Array {
		return this.#bytes.slice(offset, Math.min(this.size, offset + length));
	}

	cut(size: number): void {
		this.size = Math.min(size, this.size);
	}

	flush(): void {
		this.flushes++;
		this.flushedSize = this.size;
	}

	close(): void {
		this.closed = true;
	}

	free(): Promise<number> {
		return Promise.resolve(this.#room - this.size);
	}
}
