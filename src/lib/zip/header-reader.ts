import { ReceiptError } from './errors';
import { LOCAL_SIZE } from './format';
import type { Line, Readable } from './read-directory';

/** Headers that are so near to each other, in bytes, are read at once. */
const WINDOW_SIZE = 64 * 1024;

/** Windows read at a time. Each read waits for another process, so that one after another would take seconds. */
const BATCH = 64;

/** Both sizes, with the field's id and length: what a local header may have and its line in the directory lacks. */
const ZIP64_FIELD_SIZE = 20;

interface Window {
	start: number;
	end: number;
	bytes: Uint8Array;
}

/** Reads local headers without the bytes between them; to be asked in the order of the lines it was given. */
export class HeaderReader implements Readable {
	readonly #blob: Blob;
	readonly #signal: AbortSignal;
	/** In the order of their offsets. */
	readonly #lines: readonly Line[];
	readonly #end: number;
	#next = 0;
	#windows: Window[] = [];

	/** @param end where the last file ends */
	constructor(blob: Blob, lines: readonly Line[], end: number, signal: AbortSignal) {
		this.#blob = blob;
		this.#lines = lines;
		this.#end = end;
		this.#signal = signal;
	}

	async exactly(offset: number, length: number): Promise<Uint8Array> {
		const window = this.#at(offset, length) ?? (await this.#advance(), this.#at(offset, length));
		if (!window) throw new ReceiptError('A file is not as long as the directory says');
		return window.bytes.subarray(offset - window.start, offset - window.start + length);
	}

	/** Windows that begin before and lack these bytes are done with. One may end amid a header that the next one has whole. */
	#at(offset: number, length: number): Window | undefined {
		while (this.#windows[0] && this.#windows[0].start <= offset) {
			if (offset + length <= this.#windows[0].end) return this.#windows[0];
			this.#windows.shift();
		}
		return undefined;
	}

	async #advance(): Promise<void> {
		this.#signal.throwIfAborted();
		const ranges: { start: number; end: number }[] = [];
		for (; this.#next < this.#lines.length; this.#next++) {
			const { offset, nameSize, extraSize } = this.#lines[this.#next]!;
			const end = Math.min(this.#end, offset + LOCAL_SIZE + nameSize + extraSize + ZIP64_FIELD_SIZE);
			const last = ranges.at(-1);
			if (last && end - last.start <= WINDOW_SIZE) last.end = Math.max(last.end, end);
			else if (ranges.length === BATCH) break;
			else ranges.push({ start: offset, end });
		}
		this.#windows = await Promise.all(ranges.map((range) => this.#read(range.start, range.end)));
		this.#signal.throwIfAborted();
	}

	async #read(start: number, end: number): Promise<Window> {
		try {
			const bytes = new Uint8Array(await this.#blob.slice(start, end).arrayBuffer());
			return { start, end: start + bytes.length, bytes };
		} catch (cause) {
			throw new ReceiptError('The archive could not be read back', null, { cause });
		}
	}
}
