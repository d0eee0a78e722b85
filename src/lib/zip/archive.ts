import type { EntryTime } from './entry-time';
import type { Spool } from './sink';

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
	 * @throws ArchiveTooLargeError past the limit in memory, SpoolFullError on a full disk; what was added before stays
	 * intact. TypeError for a path that is taken or names no file, Error after `finish` or `dispose`.
	 */
	add(path: string, bytes: Uint8Array): Promise<void>;
	/** What is in it so far, with size and CRC-32 computed from the bytes given to `add`. */
	readonly entries: readonly ArchiveEntry[];
	/** Whether it is in a spool, so that it can be continued: one in a file of the admin's can't. */
	readonly spooled: boolean;
	/**
	 * Writes the archive; to be called once. `onShare` is told 0 to 1. One in a file is a part of the disk, not of memory,
	 * and can be read until it is disposed of without `keep`. Rejects with the signal's reason when aborted, or with
	 * SpoolFullError, DiskFileError.
	 */
	finish(options: FinishOptions): Promise<Blob>;
	/**
	 * Reads the finished archive back, and returns what is in it. All of it when it was in memory; of one in a file the
	 * directory, every local header, and the bytes of what an earlier run put in.
	 * @throws ReceiptError when it isn't what was put in; the signal's reason
	 */
	verify(archive: Blob, options: FinishOptions): Promise<ArchiveEntry[]>;
	/**
	 * To be called at the end, whatever it was: lets go of memory, handles and locks, after what is under way. With `keep`
	 * the file stays, finished or to be continued; without it the file is deleted.
	 */
	dispose(options: { keep: boolean }): Promise<void>;
}

export interface FinishOptions {
	signal: AbortSignal;
	onShare?: (share: number) => void;
}

export interface ArchiveOptions {
	/** Every new entry's time of change; an unpacker shows it as this machine's local time, to two seconds. */
	modified: Date;
	/** The largest archive in memory, in bytes; a spooled one has no limit. */
	maxBytes: number;
	/** Past so many bytes it is spooled, if it can be; 32 MiB unless told. */
	memoryBytes?: number;
	/** Where to: `{ open: () => openSpool(name) }` where `canSpool()`, else null. */
	spool?: SpoolSource | null;
	/** No spool could be had when it was needed: the archive stays in memory. */
	onnospool?: (error: unknown) => void;
	/** Of a spooled one: see `AppendOptions`. */
	flushBytes?: number;
	onflushed?: (entries: readonly PlacedEntry[]) => void | Promise<void>;
}

/** Gives the spool of this archive. */
export interface SpoolSource {
	open(): Promise<Spool>;
}
