import ky from 'ky';
import * as v from 'valibot';
import { Connection } from '$lib/net/connection';
import { BusyError, StallError, TransientError } from '$lib/net/errors';
import { Gate } from '$lib/net/gate';
import type { NetLimits } from '$lib/net/limits';
import { readBody } from '$lib/net/read-body';
import { rateLimitReset } from '$lib/net/retry-after';
import { retrying } from '$lib/net/retry';
import { shared } from '$lib/net/wait';
import { watched } from '$lib/net/watchdog';
import { readAnswer, type Answer } from './answer';
import * as contract from './contract';
import { BackendError, isBackendError } from './errors';
import { readItems, readPages, type Listing } from './listing';

export interface BackendOptions {
	/** Absolute URL, e.g. `https://app.example.com/api/v2`. */
	apiBase: string;
	/**
	 * A short-lived bearer token; asked with `fresh` when the last one was refused. Without it the call rides on the
	 * session's cookie. Kept in memory only, and sent to `apiBase` only.
	 */
	getToken?: ((fresh: boolean) => Promise<string>) | undefined;
	limits: NetLimits;
	/** Told when the backend asks to wait (ms since the epoch), and when that is over (`null`). */
	onpause?: (until: number | null) => void;
	/** Told when the network goes (true) and comes back (false). */
	ondown?: (down: boolean) => void;
}

/** A page of 200 items is some 200 kB; far beyond it is no page. Bytes. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

type Query = Record<string, string | number>;

/** The HeadshotPro backend. Every call throws BackendError, or the signal's reason. */
export class Backend {
	readonly connection: Connection;
	#options: BackendOptions;
	#gate: Gate;
	#token: string | null = null;
	#renewing: Promise<string> | null = null;

	constructor(options: BackendOptions) {
		this.#options = options;
		this.#gate = new Gate(options.onpause);
		this.connection = new Connection(
			(signal) => this.#answersAtAll(signal),
			options.limits.probeMs,
			options.ondown,
		);
	}

	dispose(): void {
		this.connection.dispose();
	}

	async organization(
		signal: AbortSignal,
	): Promise<{ uid: string; name: string | null; teams: Listing<contract.WireTeam> }> {
		const answer = await this.#get('organization', {}, signal);
		const { uid, name, teams } = parsed(contract.organizationSchema, answer.organization, 'the organization');
		return { uid, name, teams: readItems({ teams }, 'teams', contract.teamSchema) };
	}

	teamMembers(signal: AbortSignal): Promise<Listing<contract.WireTeamMember>> {
		return this.#list('organization/team', {}, 'members', contract.teamMemberSchema, signal);
	}

	models(team: { teamId?: string }, signal: AbortSignal): Promise<Listing<contract.WireModel>> {
		return this.#list('organization/models', team, 'models', contract.modelSchema, signal);
	}

	favorites(team: { teamId?: string }, signal: AbortSignal): Promise<Listing<contract.WireFavorite>> {
		const query = { ...team, include: 'all' };
		return this.#list('organization/photos/favorites', query, 'photos', contract.favoriteSchema, signal);
	}

	/** One shoot's favorite with a fresh URL; `null` when the member has chosen none. */
	async favoriteOf(modelId: string, signal: AbortSignal): Promise<contract.WireModelFavorite> {
		const answer = await this.#get(
			`organization/models/${encodeURIComponent(modelId)}/photos/favorite`,
			{},
			signal,
		);
		return parsed(contract.modelFavoriteSchema, answer.photo ?? null, 'the favorite');
	}

	/** One shoot's profile picture with a fresh URL; `null` when there is none. */
	async profilePictureOf(modelId: string, signal: AbortSignal): Promise<contract.WireProfilePicture | null> {
		const answer = await this.#get(
			`organization/models/${encodeURIComponent(modelId)}/profile-picture`,
			{},
			signal,
		);
		return parsed(contract.modelProfilePictureSchema, answer.profilePicture ?? null, 'the profile picture');
	}

	#list<T>(
		path: string,
		query: Query,
		key: string,
		schema: v.GenericSchema<unknown, T & { id: string }>,
		signal: AbortSignal,
	): Promise<Listing<T>> {
		return readPages((page, inner) => this.#get(path, { ...query, ...page }, inner), key, schema, signal);
	}

	async #get(path: string, query: Query, signal: AbortSignal): Promise<Answer> {
		const context = { gate: this.#gate, connection: this.connection, limits: this.#options.limits };
		try {
			return await retrying(context, signal, () => this.#authorized(path, query, signal));
		} catch (error) {
			signal.throwIfAborted();
			throw finalError(error);
		}
	}

	/** One request; where a token is refused, one more with a fresh one. */
	async #authorized(path: string, query: Query, signal: AbortSignal): Promise<Answer> {
		const token = await this.#currentToken(signal);
		try {
			return await this.#once(path, query, token, signal);
		} catch (error) {
			if (token === null || !isBackendError(error, 'unauthorized')) throw error;
			if (this.#token === token) this.#token = null;
			return this.#once(path, query, await this.#currentToken(signal, true), signal);
		}
	}

	async #once(path: string, query: Query, token: string | null, signal: AbortSignal): Promise<Answer> {
		return watched(this.#options.limits.stallMs, signal, async (inner, beat) => {
			const response = await ky
				.get(path, {
					prefixUrl: this.#options.apiBase,
					searchParams: query,
					signal: inner,
					// A token is the whole credential; a cookie goes along only where it is the session.
					credentials: token === null ? 'include' : 'omit',
					headers: token === null ? {} : { authorization: `Bearer ${token}` },
					redirect: 'manual',
					cache: 'no-store',
					referrerPolicy: 'no-referrer',
					// Retries, pauses and patience are ours: they hold for headers and body, and for all calls together.
					retry: 0,
					timeout: false,
					throwHttpErrors: false,
				})
				.catch(unreachable);
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

	/** One caller asks the host for a token; the others wait for the same. */
	async #currentToken(signal: AbortSignal, fresh = false): Promise<string | null> {
		const { getToken } = this.#options;
		if (!getToken) return null;
		if (this.#token !== null) return this.#token;
		this.#renewing ??= askFor(getToken, fresh).finally(() => (this.#renewing = null));
		try {
			return (this.#token = await shared(this.#renewing, signal));
		} catch (error) {
			signal.throwIfAborted();
			throw new BackendError('unauthorized', 'The page around this one gave no access token.', {
				cause: error,
			});
		}
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

/** @throws TypeError for what is no token (RFC 6750, section 2.1), which must not end up in a header */
async function askFor(getToken: (fresh: boolean) => Promise<string>, fresh: boolean): Promise<string> {
	const token: unknown = await getToken(fresh);
	if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
	throw new TypeError('What getToken gave is no token.');
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

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	throw new BackendError('unexpected', `The backend's answer about ${what} could not be read.`);
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
