import * as v from 'valibot';
import { askedToWait } from '$lib/net/retry-after';
import { BusyError, TransientError } from '$lib/net/errors';
import { failureSchema } from './contract';
import { BackendError } from './errors';

/** The envelope's content: its named keys, whatever they hold. */
export type Answer = Record<string, unknown>;

/**
 * Reads an answer's envelope: `{"success": true, …named keys…}` or `{"success": false, error, code}`.
 *
 * @throws BackendError for a refusal; TransientError or BusyError where another try may help
 */
export function readAnswer(response: Response, body: string, now: number): Answer {
	// ASSUMED: a session that ended may show as a redirect to the sign-in page. It isn't followed.
	if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
		throw new BackendError('unauthorized', 'You are signed out of HeadshotPro.');
	}
	const json = parse(body);
	const failure = v.safeParse(failureSchema, json);
	const words = failure.success ? failure.output.error : null;
	const code = failure.success ? failure.output.code : null;

	if (response.ok && !failure.success) {
		if (typeof json !== 'object' || json === null || Array.isArray(json)) {
			throw new TransientError('The backend answered with something that is not its data.');
		}
		return json as Answer;
	}
	throw refusal(response, code, words, now);
}

function refusal(response: Response, code: string | null, words: string | null, now: number): Error {
	const { status } = response;
	const said = words ?? `The backend answered with status ${status}.`;
	if (status === 401 || code === 'UNAUTHORIZED') {
		return new BackendError('unauthorized', 'You are signed out of HeadshotPro.');
	}
	if (status === 403 || code === 'FORBIDDEN') {
		return new BackendError('forbidden', words ?? 'You have no access to this organization.');
	}
	if (status === 404 || status === 410 || code === 'NOT_FOUND') return new BackendError('not-found', said);
	// Two codes are 429; only the rate limit asks everybody to wait.
	if (status === 503 || (status === 429 && (code ?? 'RATE_LIMIT_EXCEEDED') === 'RATE_LIMIT_EXCEEDED')) {
		return new BusyError(said, askedToWait(response.headers, now), status === 429);
	}
	if (status >= 500) {
		return new TransientError(said, { unreachable: status === 502 || status === 504 });
	}
	return new BackendError('refused', said);
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return null;
	}
}
