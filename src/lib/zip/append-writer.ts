import { crc32 } from '@foxglove/crc';
import type { FinishOptions, PlacedEntry } from './archive';
import { breathe } from '$lib/net/breathe';
import { entryTime, type EntryTime } from './entry-time';
import { SpoolFullError } from './errors';
import { Paths } from './paths';
import { directoryLine, endRecords, localHeader } from './records';
import type { Sink } from './sink';
import { FLUSH_BYTES } from './sizes';

export interface AppendOptions {
	/** The new entries' time of change. */
	modified: Date;
	/**
	 * At the latest after so many bytes the sink is flushed; at most 16 MiB. A crash costs twice as much at most, besides the
	 * file at hand: what came since the last flush, and what the journal was just being told of.
	 */
	flushBytes?: number | undefined;
	/**
	 * The entries whose bytes have become safe since the last call: what a journal should keep. One call at a time; files
	 * are added meanwhile.
	 */
	onflushed?: ((entries: readonly PlacedEntry[]) => void | Promise<void>) | undefined;
}

/** The directory is written in pieces of about so many bytes. */
const PIECE = 1024 * 1024;

/**
 * An archive of any size and number of files, in flat memory: each file goes straight to the end of the sink, and an
 * unfinished archive can be continued. Calls must not overlap.
 */
export class AppendWriter {
	readonly #sink: Sink;
	readonly #time: EntryTime;
	readonly #flushBytes: number;
	readonly #onflushed: NonNullable<AppendOptions['onflushed']>;
	readonly #entries: PlacedEntry[];
	readonly #paths = new Paths();
	/** Behind the last whole file. */
	#end = 0;
	#flushedEnd = 0;
	/** Of so many files the journal has been told. */
	#safeEntries = 0;
	/** Settles when the journal has been told for the last time. */
	#telling: Promise<void> = Promise.resolve();
	#finished = false;
	#complete = false;

	/**
	 * @param entries continues an archive behind these, which were proved to be at the start of the sink; what is behind
	 * them is dropped
	 */
	constructor(sink: Sink, options: AppendOptions, entries: readonly PlacedEntry[] = []) {
		this.#sink = sink;
		this.#time = entryTime(options.modified);
		this.#flushBytes = Math.min(options.flushBytes ?? FLUSH_BYTES, FLUSH_BYTES);
		this.#onflushed = options.onflushed ?? (() => {});
		this.#entries = [...entries];
		for (const { path } of entries) this.#paths.take(path);
		const last = entries.at(-1);
		if (last) this.#end = last.offset + localHeader(last).length + last.size;
		if (this.#end > sink.size) throw new RangeError('The file is shorter than what should be in it.');
		this.#flushedEnd = this.#end;
		this.#safeEntries = entries.length;
		sink.cut(this.#end);
	}

	get entries(): readonly PlacedEntry[] {
		return this.#entries;
	}

	/**
	 * @param crc the bytes' CRC-32, when it is known already
	 * @throws SpoolFullError when there is no room: what was added before stays intact; TypeError for a path that is
	 * taken or names no file; Error after `finish`
	 */
	async add(path: string, bytes: Uint8Array, crc = crc32(bytes)): Promise<void> {
		if (this.#finished) throw new Error('The archive is finished: nothing can be added.');
		this.#paths.check(path);
		const entry = { path, size: bytes.length, crc32: crc, offset: this.#end, ...this.#time };
		const header = localHeader(entry);
		const length = header.length + bytes.length;

		// Before, not after: a large file must not be added to what a crash costs.
		if (this.#end - this.#flushedEnd + length > this.#flushBytes) await this.#flushSoon();
		await this.#append(header, bytes);
		this.#end += length;
		this.#paths.take(path);
		this.#entries.push(entry);
		if (this.#end - this.#flushedEnd >= this.#flushBytes) await this.#flushSoon();
	}

	/** Makes everything added so far outlive a crash, and returns when the journal knows of it. @throws what it throws */
	async flush(): Promise<void> {
		await this.#told();
		await this.#flush();
	}

	/** The journal has been told of what was flushed before. What it failed at, it is told again with the next files. */
	async #told(): Promise<void> {
		await this.#telling.catch(() => {});
	}

	/** A file that is added waits for the disk, but not for the journal's database. */
	async #flushSoon(): Promise<void> {
		await this.#told();
		void this.#flush();
	}

	/** @returns when the journal knows of it */
	#flush(): Promise<void> {
		const count = this.#entries.length;
		if (this.#safeEntries === count) return Promise.resolve();
		this.#sink.flush();
		this.#flushedEnd = this.#end;
		this.#telling = this.#tell(count);
		// Whoever waits for it hears of a failure.
		this.#telling.catch(() => {});
		return this.#telling;
	}

	async #tell(count: number): Promise<void> {
		await this.#onflushed(this.#entries.slice(this.#safeEntries, count));
		this.#safeEntries = count;
	}

	/**
	 * Writes the directory, flushes and closes the sink. To be called once; when it fails, the archive can be continued.
	 * @throws SpoolFullError; the signal's reason
	 */
	async finish({ signal, onShare }: FinishOptions): Promise<void> {
		if (this.#finished) throw new Error('The archive is finished already.');
		this.#finished = true;
		signal.throwIfAborted();
		await this.flush();

		let size = 0;
		let lines: Uint8Array[] = [];
		let held = 0;
		for (const [index, entry] of this.#entries.entries()) {
			const line = directoryLine(entry);
			lines.push(line);
			held += line.length;
			if (held < PIECE) continue;
			await this.#append(...lines);
			size += held;
			[lines, held] = [[], 0];
			onShare?.(index / this.#entries.length);
			await breathe(signal);
		}
		await this.#append(...lines, endRecords(this.#entries.length, this.#end, size + held));
		this.#sink.flush();
		await this.#sink.close();
		this.#complete = true;
		onShare?.(1);
	}

	/**
	 * Leaves an unfinished archive to be continued another day: drops what is no whole file, flushes and closes the sink.
	 * One that is finished stays as it is.
	 */
	async suspend(): Promise<void> {
		if (this.#complete) return;
		this.#finished = true;
		this.#sink.cut(this.#end);
		await this.flush();
		await this.#sink.close();
	}

	async #append(...parts: Uint8Array[]): Promise<void> {
		const before = this.#sink.size;
		try {
			for (const part of parts) await this.#sink.append(part);
		} catch (error) {
			this.#sink.cut(before);
			if (!(error instanceof SpoolFullError)) throw error;
			const needed = parts.reduce((sum, part) => sum + part.length, 0);
			throw new SpoolFullError(needed, (await this.#sink.free?.(needed)) ?? null, { cause: error });
		}
	}
}
