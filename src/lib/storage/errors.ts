/**
 * Why something could not be read from or kept in this browser's storage.
 *
 * - `refused`: the browser gives this page no storage (a private window, third-party storage)
 * - `blocked`: a tab with an older version of the page stands in the way of this one's
 * - `newer`: a newer version of the page has been here, and this one must be reloaded
 * - `full`: no room is left
 * - `foreign`: the page is a frame in another site's page, where what is kept is apart and soon gone
 * - `failed`: anything else
 */
export type StorageErrorCode = 'refused' | 'blocked' | 'newer' | 'full' | 'foreign' | 'failed';

const sentences: Record<StorageErrorCode, string> = {
	refused:
		'This browser does not let the page keep anything: perhaps this is a private window, or storage is turned off for it.',
	blocked: 'Another tab has an older version of this page open. Close it, then reload this one.',
	newer: 'A newer version of this page is open in another tab. Reload this one.',
	full: 'The disk, or this browser’s share of it, is full. Free some space and try again.',
	foreign:
		'This page is shown inside of another site, where the browser keeps nothing for long. Who is actioned can be changed in the dashboard itself.',
	failed: 'This browser’s storage failed. Reload the page and try again.',
};

/** Its message is a sentence for the person. */
export class StorageError extends Error {
	override name = 'StorageError';

	constructor(
		readonly code: StorageErrorCode,
		options?: ErrorOptions,
	) {
		super(sentences[code], options);
	}
}

export function isStorageError(error: unknown, code?: StorageErrorCode): error is StorageError {
	return error instanceof StorageError && (code === undefined || error.code === code);
}

/** What went wrong while the database was being opened. */
export function openingError(cause: unknown): StorageError {
	if (isStorageError(cause)) return cause;
	const name = nameOf(cause);
	if (name === 'VersionError') return new StorageError('newer', { cause });
	if (name === 'QuotaExceededError') return new StorageError('full', { cause });
	// Chromium and Safari say the first two, Firefox the third; where there is no IndexedDB, its name is undefined.
	const refusals = ['SecurityError', 'NotAllowedError', 'InvalidStateError', 'ReferenceError', 'TypeError'];
	return new StorageError(refusals.includes(name) ? 'refused' : 'failed', { cause });
}

/** What went wrong in a transaction. */
export function transactionError(cause: unknown): StorageError {
	if (isStorageError(cause)) return cause;
	return new StorageError(nameOf(cause) === 'QuotaExceededError' ? 'full' : 'failed', { cause });
}

/**
 * Whether the connection was lost, rather than the work being at fault: it was closed (InvalidStateError), its
 * transaction was aborted although we aborted none, or it broke (Safari: "Connection to Indexed Database server lost").
 */
export function isLostConnection(error: unknown): boolean {
	return ['InvalidStateError', 'AbortError', 'UnknownError'].includes(nameOf(error));
}

function nameOf(error: unknown): string {
	return error instanceof Error ? error.name : '';
}
