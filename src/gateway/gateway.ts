import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackHost } from './addresses.ts';
import type { Resolve } from './checked-lookup.ts';
import { createRedactor, parseKey } from './credentials.ts';
import { sendFailure, sendJson } from './envelope.ts';
import type { ApiHandler } from './page-server.ts';
import { PhotoCarrier } from './photo-carrier.ts';
import { readBody, readUpstream, UpstreamUnusable } from './bodies.ts';
import { permission } from './permissions.ts';
import { redirectAdvice } from './redirected.ts';
import { rewriteAnswer } from './rewrite-urls.ts';
import { whyUnreachable } from './unreachable.ts';

export interface GatewayOptions {
	/** The organization's API key. It goes to the upstream, and nowhere else. */
	key: string;
	/** The API's base URL; https, or http on this machine. */
	upstream?: string;
	/** How host names of photos are resolved; the system's resolver unless told. */
	resolve?: Resolve;
	/** Told in a sentence, without the key, what keeps the upstream from being used: each reason once. */
	tell?: (reason: string) => void;
}

export interface Gateway {
	api: ApiHandler;
	close(): void;
}

export const defaultUpstream = 'https://server.headshotpro.com/api/v2';
/** What whoever started the gateway has to mend. */
const wrongSettings = ['UPSTREAM_REDIRECTED', 'FORBIDDEN'];

/** Without a whole answer after so long (in ms), the upstream is given up. */
const answerLimit = 60_000;
/** `date` takes the place of Node's own: by the server's clock the page knows how far this machine's is off. */
const passedOn = ['date', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];

/**
 * The API of HeadshotPro for a page on this machine: it adds the key to the few calls that the page makes, and
 * carries their photos. Every photo goes through here, always: it is the simplest rule, photo hosts need not
 * allow the page (CORS), and the page's policy (CSP) names no host but its own.
 * Throws for a key that can't be one.
 */
export function createGateway({
	key: givenKey,
	upstream = defaultUpstream,
	resolve,
	tell = () => {},
}: GatewayOptions): Gateway {
	const key = parseKey(givenKey);
	const redact = createRedactor(key);
	const root = upstream.replace(/\/+$/, '');
	const carrier = new PhotoCarrier({
		allowLoopback: isLoopbackHost(new URL(upstream).hostname),
		...(resolve && { resolve }),
	});
	const told = new Set<string>();
	return { api, close: () => carrier.close() };

	async function api(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
		const url = new URL(`http://localhost${request.url}`);
		const path = url.pathname.slice('/api/v2'.length);
		const verdict = permission(request, path);
		if (verdict === 'unknown') return false;
		if (verdict === 'photo') await carrier.serve(url.searchParams.get('u') ?? '', response);
		else if (verdict === 'forward') await forward(request, response, path, url.search);
		else {
			if (verdict.status === 405) response.setHeader('Allow', 'GET, HEAD');
			sendFailure(response, verdict.status, verdict.code, verdict.error);
		}
		return true;
	}

	async function forward(
		request: IncomingMessage,
		response: ServerResponse,
		path: string,
		query: string,
	): Promise<void> {
		const stop = new AbortController();
		const timer = setTimeout(() => stop.abort(new DOMException('', 'TimeoutError')), answerLimit);
		response.once('close', () => stop.abort());
		try {
			const answer = await ask(request, path + query, stop.signal);
			for (const name of passedOn) {
				const value = answer.headers.get(name);
				if (value !== null) response.setHeader(name, redact(value));
			}
			// The page may be open as localhost, 127.0.0.1 or [::1]: photos must share its origin. The host is checked.
			const origin = `http://${request.headers.host}`;
			const carry = (photoUrl: string) => {
				const path = carrier.carry(photoUrl);
				return path === null ? null : origin + path;
			};
			const json = await readUpstream(answer, (location) =>
				redirectAdvice(new URL(root + path), path, redact(location)),
			);
			if (json === undefined) response.writeHead(answer.status).end();
			else sendJson(response, answer.status, JSON.stringify(rewriteAnswer(json, { redact, carry })));
		} catch (error) {
			// Nobody waits for it any more when the page has gone away.
			if (!response.destroyed) refuse(response, error);
		} finally {
			clearTimeout(timer);
		}
	}

	/** An error's own text is never passed on or told: it may quote the request's headers. */
	function refuse(response: ServerResponse, error: unknown): void {
		if (error instanceof UpstreamUnusable) {
			if (wrongSettings.includes(error.code)) tellOnce(error.message);
			sendFailure(response, error.status, error.code, error.message);
		} else if (error instanceof RangeError) {
			sendFailure(response, 502, 'UPSTREAM_INVALID', 'HeadshotPro’s answer can’t be read.');
		} else {
			const { host } = new URL(root);
			tellOnce(`HeadshotPro’s server (${host}) can’t be reached: ${whyUnreachable(error)}.`);
			sendFailure(response, 502, 'UPSTREAM_UNREACHABLE', 'HeadshotPro’s server can’t be reached.');
		}
	}

	function tellOnce(reason: string): void {
		if (told.has(reason)) return;
		told.add(reason);
		tell(reason);
	}

	async function ask(request: IncomingMessage, target: string, signal: AbortSignal): Promise<Response> {
		// A new set of headers: nothing that the page sent goes along, no cookie and no Authorization either.
		const headers: Record<string, string> = {
			Accept: 'application/json',
			Authorization: `Bearer ${key}`,
			'User-Agent': 'headshot-admin',
		};
		const method = request.method ?? 'GET';
		const body = method === 'POST' ? await readBody(request) : '';
		if (body !== '') headers['Content-Type'] = 'application/json';
		// A redirect would take the key along to wherever it points.
		return fetch(root + target, { method, headers, body: body || null, signal, redirect: 'manual' });
	}
}
