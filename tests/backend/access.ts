/** Who may call the API, and how often. */

import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Auth =
	| { kind: 'cookie' }
	/** Read at every request: a test may push to it, or take a token out. */
	| { kind: 'bearer'; tokens: string[] }
	| { kind: 'key'; key: string }
	| { kind: 'open' };

export interface Door {
	admits(headers: IncomingHttpHeaders): boolean;
	pageHeaders(): Record<string, string>;
	signOut(): void;
	signIn(): void;
}

const cookieName = 'headshots_session';

export function createDoor(auth: Auth): Door {
	const session = randomBytes(24).toString('base64url');
	let signedIn = true;
	const bearer = (headers: IncomingHttpHeaders) =>
		/^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
	const admits: { [Kind in Auth['kind']]: (headers: IncomingHttpHeaders) => boolean } = {
		cookie: (headers) => cookiesOf(headers).get(cookieName) === session,
		bearer: (headers) => auth.kind === 'bearer' && auth.tokens.includes(bearer(headers) ?? ''),
		key: (headers) => auth.kind === 'key' && auth.key === bearer(headers),
		open: () => true,
	};
	return {
		admits: (headers) => signedIn && admits[auth.kind](headers),
		pageHeaders: (): Record<string, string> =>
			auth.kind === 'cookie'
				? { 'set-cookie': `${cookieName}=${session}; HttpOnly; SameSite=Lax; Path=/` }
				: {},
		signOut: () => void (signedIn = false),
		signIn: () => void (signedIn = true),
	};
}

function cookiesOf(headers: IncomingHttpHeaders): Map<string, string> {
	const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
	return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

export interface RateLimit {
	/** Counts a request. */
	take(): { allowed: boolean; headers: Record<string, string> };
}

const minute = 60_000;

/** A window of a minute that opens with the first request after the last one closed. */
export function createRateLimit(perMinute: number): RateLimit {
	let opened = 0;
	let used = 0;
	return {
		take() {
			const now = Date.now();
			if (now >= opened + minute) [opened, used] = [now, 0];
			used += 1;
			const headers = {
				'x-ratelimit-limit': String(perMinute),
				'x-ratelimit-remaining': String(Math.max(0, perMinute - used)),
				'x-ratelimit-reset': new Date(opened + minute).toISOString(),
			};
			return { allowed: used <= perMinute, headers };
		},
	};
}
