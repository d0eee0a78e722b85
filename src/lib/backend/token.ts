import { shared } from '$lib/net/wait';
import { BackendError, isBackendError } from './errors';

/** Gives a short-lived bearer token; a `fresh` one when the last was refused. */
export type GetToken = (fresh: boolean) => Promise<string>;

/** The access token, in memory only. Where nobody gives one, it is `null`, and a call rides on the session's cookie. */
export class Token {
	#getToken: GetToken | undefined;
	#known: string | null = null;
	#renewing: Promise<string> | null = null;

	constructor(getToken: GetToken | undefined) {
		this.#getToken = getToken;
	}

	/** @throws BackendError `unauthorized` when the host gives none; or one that `getToken` threw */
	current(signal: AbortSignal): Promise<string | null> {
		return this.#ask(signal, false);
	}

	/** A fresh one in place of `refused`; another caller may have asked for it already. */
	instead(refused: string, signal: AbortSignal): Promise<string | null> {
		if (this.#known === refused) this.#known = null;
		return this.#ask(signal, true);
	}

	/** One caller asks the host; the others wait for the same. */
	async #ask(signal: AbortSignal, fresh: boolean): Promise<string | null> {
		if (!this.#getToken) return null;
		if (this.#known !== null) return this.#known;
		this.#renewing ??= askFor(this.#getToken, fresh).finally(() => (this.#renewing = null));
		try {
			return (this.#known = await shared(this.#renewing, signal));
		} catch (error) {
			signal.throwIfAborted();
			// Whoever stands between the host and us says why in words of its own.
			if (isBackendError(error)) throw error;
			throw new BackendError('unauthorized', 'The page around this one gave no access token.', {
				cause: error,
			});
		}
	}
}

/** @throws TypeError for what is no token (RFC 6750, section 2.1), which must not end up in a header */
async function askFor(getToken: GetToken, fresh: boolean): Promise<string> {
	const token: unknown = await getToken(fresh);
	if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
	throw new TypeError('What getToken gave is no token.');
}
