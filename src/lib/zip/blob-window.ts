import { ReceiptError } from './errors';

/** Bytes held at once: large enough for speed, small enough for a phone. Above the longest record (46 + 3 × 65,535). */
const WINDOW_SIZE = 4 * 1024 * 1024;

/** Reads a Blob of any size through a window that moves on, fastest when it is read forwards. */
export class BlobWindow {
	readonly #blob: Blob;
	readonly #signal: AbortSignal;
	#start = 0;
	#bytes = new Uint8Array(0);

	constructor(blob: Blob, signal: AbortSignal) {
		this.#blob = blob;
		this.#signal = signal;
	}

	/**
	 * Exactly so many bytes (up to 4 MiB), valid until the next call.
	 * @throws ReceiptError past the end, or when the Blob can't be read; the signal's reason when aborted.
	 */
	async exactly(offset: number, length: number): Promise<Uint8Array> {
		this.#signal.throwIfAborted();
		if (offset + length > this.#blob.size) throw new ReceiptError('The archive ends too early');
		if (offset < this.#start || offset + length > this.#start + this.#bytes.length) await this.#move(offset);
		return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
	}

	/** As many bytes as are at hand, at least one unless `atMost` is 0; else like `exactly`. */
	async some(offset: number, atMost: number): Promise<Uint8Array> {
		const atHand = this.#start + this.#bytes.length - offset;
		const length = offset >= this.#start && atHand > 0 ? atHand : WINDOW_SIZE;
		return this.exactly(offset, Math.min(length, atMost));
	}

	async #move(offset: number): Promise<void> {
		const slice = this.#blob.slice(offset, offset + WINDOW_SIZE);
		// Let go first, or two windows would be held at once.
		this.#bytes = new Uint8Array(0);
		try {
			this.#bytes = new Uint8Array(await slice.arrayBuffer());
		} catch (cause) {
			throw new ReceiptError('The archive could not be read back', null, { cause });
		}
		this.#start = offset;
		this.#signal.throwIfAborted();
		if (this.#bytes.length < slice.size) throw new ReceiptError('The archive could not be read back whole');
	}
}
