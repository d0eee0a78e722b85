import type { EntryTime } from './entry-time';
import { JSZipWriter } from './jszip-writer';

/** One file in an archive. */
export interface ArchiveEntry {
	/** From the root, parted by `/`. */
	path: string;
	/** Bytes. */
	size: number;
	/** CRC-32, unsigned. */
	crc32: number;
}

/** A file in an archive that is written at its end: all that is needed to prove it and to write the directory. */
export interface PlacedEntry extends ArchiveEntry, EntryTime {
	/** Where its local header begins, in bytes from the start of the archive. */
	offset: number;
}

export interface ArchiveWriter {
	/**
	 * Adds one whole, checked file, stored as it is. `path` parts folders by `/` and is unique. The bytes must not
	 * change until the archive is finished.
	 * @throws ArchiveTooLargeError past the limit; what was added before stays intact.
	 * @throws TypeError for a path that is taken or names no file, Error after `finish`.
	 */
	add(path: string, bytes: Uint8Array): Promise<void>;
	/** What was added so far, with size and CRC-32 computed from the bytes given to `add`. */
	readonly entries: readonly ArchiveEntry[];
	/**
	 * Writes the archive; to be called once. `onShare` is told 0 to 1. Rejects with the signal's reason when
	 * aborted, and lets go of everything that was added.
	 */
	finish(options: FinishOptions): Promise<Blob>;
}

export interface FinishOptions {
	signal: AbortSignal;
	onShare?: (share: number) => void;
}

export interface ArchiveOptions {
	/** Every entry's time of change; an unpacker shows it as this machine's local time, to two seconds. */
	modified: Date;
	/** The largest archive, in bytes. */
	maxBytes: number;
}

/** An empty archive. The one place that picks a writer. */
export function createArchive(options: ArchiveOptions): ArchiveWriter {
	return new JSZipWriter(options);
}
