import type { IncomingMessage } from 'node:http';

/** Why a request is turned away: HTTP status, code for programs, sentence for people. */
export interface Refusal {
	status: number;
	code: string;
	error: string;
}

/**
 * Lets only this server's own pages in. A foreign `Host` is DNS rebinding; a foreign `Origin`, or a
 * `Sec-Fetch-Site` from elsewhere on the API, is another website trying to use the admin's access.
 * Another port of localhost counts as the same *site* in browsers, but is another program: refused, too.
 * Returns null for a request that may pass. `path` is the request's normalized path.
 */
export function refusalOf(request: IncomingMessage, path: string): Refusal | null {
	const hosts = ownHosts(request.socket.localPort ?? 0);
	const { host, origin, 'sec-fetch-site': site } = request.headers;
	if (!hosts.includes(host?.toLowerCase() ?? ''))
		return { status: 421, code: 'WRONG_HOST', error: 'This server answers to localhost only.' };
	if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`))
		return { status: 403, code: 'FOREIGN_ORIGIN', error: 'Another website may not use this server.' };
	if (isApiPath(path) && (site === 'cross-site' || site === 'same-site'))
		return { status: 403, code: 'FOREIGN_SITE', error: 'Another website may not use this API.' };
	return null;
}

/** Whether a normalized path belongs to the API. */
export function isApiPath(path: string): boolean {
	return path === '/api/v2' || path.startsWith('/api/v2/');
}

function ownHosts(port: number): string[] {
	const names = ['localhost', '127.0.0.1', '[::1]'];
	const withPort = names.map((name) => `${name}:${port}`);
	return port === 80 ? [...names, ...withPort] : withPort;
}
