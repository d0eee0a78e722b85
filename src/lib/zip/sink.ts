/* Where the bytes of an archive go. */

/**
 * A file that is written at its end. All sizes and offsets in bytes. Where a promise is returned, nothing else may be
 * asked before it is settled.
 */
export interface Sink {
	readonly size: number;
	/** All or nothing. @throws SpoolFullError when there is no room; `size` is then what it was. */
	append(bytes: Uint8Array): void | Promise<void>;
	/** Drops what is behind. */
	cut(size: number): void;
	/** Everything written outlives a crash then, if the file does. */
	flush(): void;
	/** May be called twice. */
	close(): void | Promise<void>;
	/** How many more of `wanted` bytes could be written; `null` where nobody knows. */
	free?(wanted: number): Promise<number | null>;
}

/** One that can be read while it is written. */
export interface ReadableSink extends Sink {
	/** Fewer bytes than asked for past the end. */
	read(offset: number, length: number): Uint8Array;
}

/** Where an archive goes that isn't held in memory. All sizes and offsets in bytes. */
export interface ArchiveFile extends Sink {
	/** What is in it once it is closed, on disk: a `File` that is read as it is needed, until it is deleted. */
	file(): Promise<File>;
	/** Closes it and deletes it. */
	delete(): Promise<void>;
	/** Closes it and lets others have it; until then, or until this worker ends, nobody else opens or deletes it. */
	release(): void;
}

/** A file of ours in the browser's private storage (OPFS): what was flushed stays, whatever happens. */
export interface Spool extends ArchiveFile, ReadableSink {
	readonly name: string;
	/** Opens it again after `close`. */
	reopen(): Promise<void>;
}
