import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { addressIn, isLoopbackAddress, isLoopbackHost, isPublicAddress } from './addresses.ts';
import { addressRefused, checkedLookup, type Resolve } from './checked-lookup.ts';
import { sendFailure } from './envelope.ts';
import type { Refusal } from './host-guard.ts';

export interface PhotoCarrierOptions {
	/** Whether photos may come from this machine, by http too: when the API itself does (a development server). */
	allowLoopback: boolean;
	resolve?: Resolve;
}

const passedOn = [
	'content-type',
	'content-length',
	'content-encoding',
	'cache-control',
	'retry-after',
] as const;
const mostRedirects = 3;
/** Without a byte for so long (in ms), a photo host is given up. */
const idleLimit = 60_000;

class PhotoRefused extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.error);
	}
}

/**
 * Fetches photos for the page, from hosts that the API named in this run and from no others. Strict on purpose:
 * a redirect, too, may only lead to a named host.
 */
export class PhotoCarrier {
	readonly #named = new Set<string>();
	readonly #allowLoopback: boolean;
	readonly #agents = {
		'http:': new http.Agent({ keepAlive: true }),
		'https:': new https.Agent({ keepAlive: true }),
	};
	readonly #lookup: ReturnType<typeof checkedLookup>;

	constructor({
		allowLoopback,
		resolve = (hostname) => lookup(hostname, { all: true }),
	}: PhotoCarrierOptions) {
		this.#allowLoopback = allowLoopback;
		this.#lookup = checkedLookup(resolve, (hostname, address) =>
			allowLoopback && isLoopbackHost(hostname) ? isLoopbackAddress(address) : isPublicAddress(address),
		);
	}

	/** Remembers the host of a photo URL that the API named, and returns the path that carries it; null if refused. */
	carry(photoUrl: string): string | null {
		const url = this.#accept(photoUrl);
		if (url === null) return null;
		this.#named.add(url.origin);
		return `/api/v2/photo?u=${encodeURIComponent(url.href)}`;
	}

	/**
	 * Answers with the photo as its host sends it: status, type, length and bytes untouched, nothing decompressed.
	 * A connection that breaks on one side breaks on the other.
	 */
	async serve(photoUrl: string, response: ServerResponse): Promise<void> {
		const gone = new AbortController();
		response.once('close', () => gone.abort());
		try {
			const url = this.#accept(photoUrl);
			if (url === null)
				throw refused(400, 'PHOTO_URL_REFUSED', 'Photos must come by https from a public host.');
			const photo = await this.#open(url, response.req.method === 'HEAD' ? 'HEAD' : 'GET', gone.signal);
			response.statusCode = photo.statusCode ?? 502;
			for (const name of passedOn) {
				const value = photo.headers[name];
				if (value !== undefined) response.setHeader(name, value);
			}
			await pipeline(photo, response);
		} catch (error) {
			// Whatever ended the transfer midway, `pipeline` has cut the page's connection, which tells the page.
			if (gone.signal.aborted || response.headersSent) return;
			const { status, code, error: sentence } = refusalFor(error);
			sendFailure(response, status, code, sentence);
		}
	}

	/** Closes idle connections to photo hosts. */
	close(): void {
		for (const agent of Object.values(this.#agents)) agent.destroy();
	}

	#accept(text: string, base?: URL): URL | null {
		if (!URL.canParse(text, base)) return null;
		const url = new URL(text, base);
		if (url.username !== '' || url.password !== '') return null;
		url.hash = '';
		if (isLoopbackHost(url.hostname))
			return this.#allowLoopback && /^https?:$/.test(url.protocol) ? url : null;
		const address = addressIn(url.hostname);
		return url.protocol === 'https:' && (address === null || isPublicAddress(address)) ? url : null;
	}

	async #open(url: URL, method: string, signal: AbortSignal, redirects = 0): Promise<IncomingMessage> {
		if (!this.#named.has(url.origin)) {
			// 403 makes the page ask the API for a fresh URL, and that names the host (again, after a restart).
			throw refused(
				403,
				'PHOTO_HOST_UNKNOWN',
				'The API has not named this photo host since the gateway started.',
			);
		}
		const answer = await this.#request(url, method, signal);
		const { location } = answer.headers;
		if (!isRedirect(answer.statusCode) || location === undefined) return answer;
		answer.destroy();
		const next = this.#accept(location, url);
		if (redirects === mostRedirects || next === null || !this.#named.has(next.origin))
			throw refused(
				400,
				'PHOTO_REDIRECT_REFUSED',
				'The photo host redirects to where photos may not come from.',
			);
		return this.#open(next, method, signal, redirects + 1);
	}

	#request(url: URL, method: string, signal: AbortSignal): Promise<IncomingMessage> {
		return new Promise((resolve, reject) => {
			const secure = url.protocol === 'https:';
			// Neither cookies nor the page's headers: a photo's signed URL is all that its host gets.
			const request = (secure ? https : http).request(url, {
				method,
				signal,
				lookup: this.#lookup,
				agent: this.#agents[secure ? 'https:' : 'http:'],
				headers: { Accept: 'image/*,*/*;q=0.5', 'User-Agent': 'headshot-admin' },
				timeout: idleLimit,
			});
			request.once('timeout', () => request.destroy(new Error('The photo host went silent.')));
			request.once('response', resolve);
			request.on('error', reject);
			request.end();
		});
	}
}

function isRedirect(status = 0): boolean {
	return [301, 302, 303, 307, 308].includes(status);
}

function refused(status: number, code: string, error: string): PhotoRefused {
	return new PhotoRefused({ status, code, error });
}

function refusalFor(error: unknown): Refusal {
	if (error instanceof PhotoRefused) return error.refusal;
	if ((error as NodeJS.ErrnoException).code === addressRefused)
		return { status: 400, code: 'PHOTO_ADDRESS_REFUSED', error: 'The photo host is no public host.' };
	return { status: 502, code: 'PHOTO_UNREACHABLE', error: 'The photo host can’t be reached.' };
}
