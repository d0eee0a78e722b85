/** One more file would push the archive past its limit. What was added before is intact. */
export class ArchiveTooLargeError extends Error {
	override readonly name = 'ArchiveTooLargeError';
}

/** The archive that was read back isn't the one that should be there. */
export class ReceiptError extends Error {
	override readonly name = 'ReceiptError';
	/** The entry in question, or `null` when the archive as a whole is at fault. */
	readonly path: string | null;

	constructor(message: string, path: string | null = null, options?: ErrorOptions) {
		super(path === null ? message : `${message} (${path})`, options);
		this.path = path;
	}
}

/** The disk, or what the browser allows of it, is full. What was written before is intact. */
export class SpoolFullError extends Error {
	override readonly name = 'SpoolFullError';
	/** Bytes that were to be written and had no room. */
	readonly needed: number;
	/** How many of them there was room for, or `null` where nobody knows. */
	readonly free: number | null;

	constructor(needed: number, free: number | null = null, options?: ErrorOptions) {
		super(`${needed} bytes had no room; there is room for ${free ?? 'an unknown number of'} bytes.`, options);
		this.needed = needed;
		this.free = free;
	}
}

/** Another tab, or another job, is at work on this file. */
export class SpoolBusyError extends Error {
	override readonly name = 'SpoolBusyError';
}
