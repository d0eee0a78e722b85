/**
 * Why a call to the backend failed for good.
 *
 * - `unauthorized`: signed out, or the token is refused even when fresh
 * - `no-token`: the page around this one gave no access token: signed out there, or its server is away
 * - `forbidden`: signed in, but not as an admin of this organization
 * - `not-found`: no such thing, or this backend hasn't got the call
 * - `busy`: it asked to come back later, too often
 * - `unreachable`: nothing answered, or nothing whole
 * - `unexpected`: it answered something that is none of its answers
 * - `refused`: any other refusal, in the backend's own words
 */
export type BackendErrorCode =
	'unauthorized' | 'no-token' | 'forbidden' | 'not-found' | 'busy' | 'unreachable' | 'unexpected' | 'refused';

/** Its message is a sentence for the person. */
export class BackendError extends Error {
	override name = 'BackendError';

	constructor(
		readonly code: BackendErrorCode,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

export function isBackendError(error: unknown, code?: BackendErrorCode): error is BackendError {
	return error instanceof BackendError && (code === undefined || error.code === code);
}

/** Whether signing in again, here or in the page around this one, may help. */
export function wantsSignIn(error: unknown): boolean {
	return isBackendError(error, 'unauthorized') || isBackendError(error, 'no-token');
}

const refusals: readonly BackendErrorCode[] = [
	'unauthorized',
	'no-token',
	'forbidden',
	'not-found',
	'busy',
	'refused',
];

/** Whether the backend said no or was not asked, so that a POST has changed nothing. After any other failure nobody knows. */
export function isRefusal(error: unknown): error is BackendError {
	return error instanceof BackendError && refusals.includes(error.code);
}

/** The sentence for an error of any kind: the backend's, or what it is. */
export function sentenceOf(error: unknown): string {
	return error instanceof Error && error.message ? error.message : 'Something went wrong that has no name.';
}
