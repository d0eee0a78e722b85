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
