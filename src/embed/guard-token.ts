import { Backend } from '$lib/backend/client';
import { BackendError, isBackendError } from '$lib/backend/errors';
import type { GetToken } from '$lib/backend/token';
import type { NetLimits } from '$lib/net/limits';
import { WRONG_ORGANIZATION } from '$lib/session/session.svelte';
import type { Tell } from './events';

export interface GuardOptions {
	/** The host's, as it is when it is asked. */
	ask: GetToken;
	apiBase: string;
	limits: NetLimits;
	/** The uid of the organization that a token must belong to; `null` for any. */
	organization: string | null;
	tell: Tell;
	/** Ends what is under way. */
	signal: AbortSignal;
}

/** How long a host may take to give a token, in ms: it may have to ask its own server first. */
const PATIENCE_MS = 15_000;

/**
 * The host's `getToken` for everything that calls the backend, also from a worker: it must answer in time, and its
 * token must be the expected organization's. No job may begin with one organization's and go on with another's.
 */
export function guardToken({ ask, apiBase, limits, organization, tell, signal }: GuardOptions): GetToken {
	let known: string | null = null;

	async function belongs(token: string): Promise<boolean> {
		const backend = new Backend({ apiBase, limits, getToken: () => Promise.resolve(token) });
		try {
			return (await backend.organization(signal)).uid === organization;
		} catch (error) {
			// Whoever uses it is refused as well, and asks for a fresh one.
			if (isBackendError(error, 'unauthorized')) return true;
			throw error;
		} finally {
			backend.dispose();
		}
	}

	return async (fresh) => {
		const token = await inTime(ask, fresh).catch((error: unknown) => {
			const why = error instanceof Error && error.message ? error.message : String(error);
			const message = `The page around this one gave no access token: ${why}`;
			tell('error', { code: 'token', message });
			throw new BackendError('no-token', message, { cause: error });
		});
		if (organization === null || token === known) return token;
		if (!(await belongs(token))) {
			tell('error', { code: 'organization', message: WRONG_ORGANIZATION });
			throw new BackendError('forbidden', WRONG_ORGANIZATION);
		}
		known = token;
		return token;
	};
}

async function inTime(ask: GetToken, fresh: boolean): Promise<string> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(`it did not answer within ${PATIENCE_MS / 1000} seconds.`)),
			PATIENCE_MS,
		);
	});
	try {
		// Async, so that what it throws at once is a rejection too.
		return await Promise.race([(async () => ask(fresh))(), late]);
	} finally {
		clearTimeout(timer);
	}
}
