import { crc32 } from '@foxglove/crc';
import JSZip from 'jszip';
import type { ArchiveEntry, ArchiveOptions, FinishOptions } from './archive';
import { ArchiveTooLargeError } from './errors';
import { END_SIZE, LINE_SIZE, LOCAL_SIZE, MAX_CLASSIC_BYTES, MAX_CLASSIC_ENTRIES } from './format';
import { Paths } from './paths';

/** What is handed over to the browser at once, in bytes. */
const PART = 8 * 1024 * 1024;

export interface HeldFile {
	path: string;
	bytes: Uint8Array;
}

/** The archive in memory, by JSZip: simple, and known to open everywhere. For everyday sizes. */
export class JSZipWriter {
	#held: HeldFile[] = [];
	#finished = false;
	/** What the finished archive will weigh, in bytes. */
	#bytes = END_SIZE;
	readonly #maxBytes: number;
	readonly #date: Date;
	readonly #entries: ArchiveEntry[] = [];
	readonly #paths = new Paths();

	constructor({ modified, maxBytes }: ArchiveOptions) {
		this.#maxBytes = Math.min(maxBytes, MAX_CLASSIC_BYTES);
		this.#date = localTimeAsUtc(modified);
	}

	get entries(): readonly ArchiveEntry[] {
		return this.#entries;
	}

	/** What the finished archive would weigh with one more file, in bytes. */
	sizeWith(path: string, bytes: Uint8Array): number {
		return this.#bytes + bytes.length + overhead(path);
	}

	/** Hands over what was added, for another writer to go on with. */
	takeHeld(): HeldFile[] {
		this.#finished = true;
		const held = this.#held;
		this.#held = [];
		return held;
	}

	async add(path: string, bytes: Uint8Array): Promise<void> {
		if (this.#finished) throw new Error('The archive is finished: nothing can be added.');
		this.#paths.check(path);

		const grown = this.sizeWith(path, bytes);
		// JSZip wraps silently past the limits of a ZIP without Zip64.
		if (grown > this.#maxBytes || this.#entries.length === MAX_CLASSIC_ENTRIES) {
			throw new ArchiveTooLargeError(
				`With ${path} the archive would have ${grown} bytes in ${this.#entries.length + 1} files; ` +
					`${this.#maxBytes} bytes and ${MAX_CLASSIC_ENTRIES} files are possible.`,
			);
		}

		this.#held.push({ path, bytes });
		this.#bytes = grown;
		this.#paths.take(path);
		this.#entries.push({ path, size: bytes.length, crc32: crc32(bytes) });
	}

	async finish({ signal, onShare }: FinishOptions): Promise<Blob> {
		if (this.#finished) throw new Error('The archive is finished already.');
		const held = this.takeHeld();
		signal.throwIfAborted();
		const zip = new JSZip();
		for (const { path, bytes } of held) {
			zip.file(path, bytes, { binary: true, createFolders: false, date: this.#date });
		}

		// Marked as made on DOS, JSZip's default: its entries carry no permissions, so each unpacker sets its own usual ones.
		return collect(
			zip.generateInternalStream({ type: 'uint8array', compression: 'STORE', platform: 'DOS' }),
			signal,
			onShare,
		);
	}
}

/**
 * Makes a Blob of what JSZip writes. JSZip's own way joins everything into one array first, which takes as much memory
 * once more, and keeps the thread from answering for seconds.
 */
function collect(
	stream: JSZip.JSZipStreamHelper<Uint8Array>,
	signal: AbortSignal,
	onShare: FinishOptions['onShare'],
): Promise<Blob> {
	const parts: Blob[] = [];
	let chunks: Uint8Array<ArrayBuffer>[] = [];
	let held = 0;
	const handOver = () => {
		parts.push(new Blob(chunks));
		[chunks, held] = [[], 0];
	};
	const listening = new AbortController();
	return new Promise<Blob>((resolve, reject) => {
		const abort = () => {
			stream.pause();
			reject(signal.reason);
		};
		signal.addEventListener('abort', abort, { signal: listening.signal });
		stream
			.on('data', (chunk, { percent }) => {
				// JSZip starts a little later: an abort before that has paused nothing.
				if (signal.aborted) return void stream.pause();
				// No photo is read into shared memory, which a Blob would refuse.
				chunks.push(chunk as Uint8Array<ArrayBuffer>);
				held += chunk.length;
				if (held >= PART) handOver();
				onShare?.(Math.min(1, percent / 100));
			})
			.on('error', reject)
			.on('end', () => {
				handOver();
				resolve(new Blob(parts, { type: 'application/zip' }));
			})
			.resume();
	}).finally(() => listening.abort());
}

/** What an entry costs beside its bytes: its header and its line in the directory, each with the name. */
function overhead(path: string): number {
	const nameBytes = new TextEncoder().encode(path).length;
	// For a name beyond ASCII, JSZip repeats it in an Info-ZIP Unicode Path field of 9 bytes.
	const unicodePath = nameBytes === path.length ? 0 : 9 + nameBytes;
	return LOCAL_SIZE + LINE_SIZE + 2 * (nameBytes + unicodePath);
}

/** JSZip writes UTC, an unpacker reads local time: shifted, and held within the years that DOS time can say. */
function localTimeAsUtc(date: Date): Date {
	const [earliest, latest] = [Date.UTC(1980, 0, 1), Date.UTC(2107, 11, 31, 23, 59, 58)];
	const shifted = Date.UTC(
		date.getFullYear(),
		date.getMonth(),
		date.getDate(),
		date.getHours(),
		date.getMinutes(),
		date.getSeconds(),
	);
	return new Date(Math.min(latest, Math.max(earliest, shifted)));
}
