import ky from 'ky';
import { Connection } from '$lib/net/connection';
import { TransientError, BusyError, StallError } from '$lib/net/errors';
import { Gate } from '$lib/net/gate';
import type { NetLimits } from '$lib/net/limits';
import { readBody } from '$lib/net/read-body';
import { rateLimitReset } from '$lib/net/retry-after';
import { retrying } from '$lib/net/retry';
import { watched } from '$lib/net/watchdog';
import { readAnswer, type Answer } from './answer';
import { BackendError, isBackendError } from './errors';
import { Token, type GetToken } from './token';

export interface BackendOptions {
	/** Absolute URL, e.g. `https://app.example.com/api/v2`. */
	apiBase: string;
	/**
	 * A short-lived bearer token; asked with `fresh` when the last one was refused. Without it the call rides on the
	 * session's cookie. Kept in memory only, and sent to `apiBase` only.
	 */
	getToken?: GetToken | undefined;
	limits: NetLimits;
	/** Told when the backend asks to wait (ms since the epoch), and when that is over (`null`). */
	onpause?: (until: number | null) => void;
	/** Told when the network goes (true) and comes back (false). */
	ondown?: (down: boolean) => void;
}

export type Query = Record<string, string | number>;

/** A page of 200 items is some 200 kB; far beyond it is no page. Bytes. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** One call of the API. `query` goes into its address; only a POST has a body, and it is empty. */
interface Call {
	method: 'get' | 'post';
	path: string;
	query: Query;
}

/** The way to the backend: credentials, patience, the envelope. Every call throws BackendError, or the signal's reason. */
export class Requests {
	readonly connection: Connection;
	#options: BackendOptions;
	#gate: Gate;
	#token: Token;

	constructor(options: BackendOptions) {
		this.#options = options;
		this.#gate = new Gate(options.onpause);
		this.#token = new Token(options.getToken);
		this.connection = new Connection(
			(signal) => this.#answersAtAll(signal),
			options.limits.probeMs,
			options.ondown,
		);
	}

	/** Repeated, and patient, as `net/retry.ts` says. */
	async get(path: string, query: Query, signal: AbortSignal): Promise<Answer> {
		const context = { gate: this.#gate, connection: this.connection, limits: this.#options.limits };
		return this.#finally(signal, () =>
			retrying(context, signal, () => this.#authorized({ method: 'get', path, query }, signal)),
		);
	}

	/**
	 * Sent once. Whatever goes wrong, nobody knows what came of it, and so it is never repeated by itself.
	 *
	 * @param leaving awaited when nothing is left to wait for, right before the request goes; when it rejects, none does
	 */
	async post(path: string, signal: AbortSignal, leaving?: () => Promise<void>): Promise<Answer> {
		return this.#finally(signal, async () => {
			await this.#gate.pass(signal);
			await this.#token.current(signal);
			await leaving?.();
			return this.#authorized({ method: 'post', path, query: {} }, signal).catch((error: unknown) => {
				throw error instanceof BusyError ? this.#heldBack(error) : error;
			});
		});
	}

	/** A POST that came too early: whoever comes next waits. It has its own words, for the person who pressed. */
	#heldBack(error: BusyError): BackendError {
		const { backoffMs, backoffCapMs, pauseCapMs } = this.#options.limits;
		this.#gate.pause(Math.min(Math.max(error.waitMs ?? backoffCapMs, backoffMs), pauseCapMs));
		return new BackendError(error.refused ? 'busy' : 'unexpected', error.message, { cause: error });
	}

	async #finally(signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> {
		try {
			return await call();
		} catch (error) {
			signal.throwIfAborted();
			throw finalError(error);
		}
	}

	/** One request; where a token is refused, one more with a fresh one: the first has changed nothing. */
	async #authorized(call: Call, signal: AbortSignal): Promise<Answer> {
		const token = await this.#token.current(signal);
		try {
			return await this.#once(call, token, signal);
		} catch (error) {
			if (token === null || !isBackendError(error, 'unauthorized')) throw error;
			return this.#once(call, await this.#token.instead(token, signal), signal);
		}
	}

	async #once({ method, path, query }: Call, token: string | null, signal: AbortSignal): Promise<Answer> {
		return watched(this.#options.limits.stallMs, signal, async (inner, beat) => {
			const response = await ky(path, {
				method,
				prefixUrl: this.#options.apiBase,
				searchParams: query,
				signal: inner,
				// A token is the whole credential; a cookie goes along only where it is the session.
				credentials: token === null ? 'include' : 'omit',
				headers: {
					...(token === null ? {} : { authorization: `Bearer ${token}` }),
					// What no form or image of another site can send along (ASVS 3.5.1).
					...(method === 'post' ? { 'x-requested-with': 'headshot-admin' } : {}),
				},
				...(method === 'post' ? { json: {} } : {}),
				redirect: 'manual',
				cache: 'no-store',
				referrerPolicy: 'no-referrer',
				// Retries, pauses and patience are ours: they hold for headers and body, and for all calls together.
				retry: 0,
				timeout: false,
				throwHttpErrors: false,
			}).catch(unreachable);
			this.#mindRateLimit(response.headers);
			beat();
			const body = await readBody(response, LARGEST_ANSWER, tooLarge, beat).catch(unreachable);
			return readAnswer(response, new TextDecoder().decode(body), Date.now());
		});
	}

	/** When the window's last request is spent, waiting is quicker than being refused. */
	#mindRateLimit(headers: Headers): void {
		if (headers.get('x-ratelimit-remaining')?.trim() !== '0') return;
		const wait = rateLimitReset(headers, Date.now());
		if (wait !== null) this.#gate.pause(Math.min(wait, this.#options.limits.pauseCapMs));
	}

	/** Any answer counts, but for those of a proxy that reaches nobody. Never throws. */
	async #answersAtAll(signal: AbortSignal): Promise<boolean> {
		try {
			const { apiBase, limits } = this.#options;
			const response = await watched(Math.min(limits.stallMs, 10_000), signal, (inner) =>
				fetch(`${apiBase}/organization`, {
					method: 'HEAD',
					mode: 'no-cors',
					cache: 'no-store',
					credentials: 'omit',
					// To another origin, "no-cors" allows no other (https://fetch.spec.whatwg.org/#main-fetch); to our own, a
					// redirect is an answer, and where it leads may be barred by the page's CSP.
					redirect: new URL(apiBase).origin === globalThis.location?.origin ? 'manual' : 'follow',
					referrerPolicy: 'no-referrer',
					signal: inner,
				}),
			);
			return response.status !== 502 && response.status !== 504;
		} catch {
			return false;
		}
	}
}

function tooLarge(): Error {
	return new BackendError('unexpected', "The backend's answer is too large to be its data.");
}

function unreachable(error: unknown): never {
	// fetch rejects with a TypeError when nothing answered or the body broke off; anything else is an abort.
	if (error instanceof TypeError) {
		throw new TransientError('The backend could not be reached.', { unreachable: true, cause: error });
	}
	throw error;
}

function finalError(error: unknown): Error {
	if (error instanceof BackendError) return error;
	if (error instanceof BusyError) {
		return new BackendError('busy', 'The backend is busy. Please try again in a few minutes.', {
			cause: error,
		});
	}
	if (error instanceof StallError) {
		return new BackendError('unreachable', `The backend gave ${error.message}.`, { cause: error });
	}
	if (error instanceof TransientError) {
		return new BackendError(error.unreachable ? 'unreachable' : 'unexpected', error.message, {
			cause: error,
		});
	}
	return error instanceof Error ? error : new Error(String(error));
}
