/** Signed photo URLs, as the photo host hands them out: `?expires=<ms since the epoch>&signature=<HMAC-SHA256>`. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Signer {
	/** @returns the query that opens `pathname`, and until when (ISO time) */
	sign(pathname: string): { query: string; expiresAt: string };
	check(pathname: string, query: URLSearchParams): 'good' | 'expired' | 'forged';
	/** Every URL of `pathname` handed out so far counts as expired; the next one is good. */
	revoke(pathname: string): void;
}

export function createSigner(lifetimeMs: number): Signer {
	const secret = randomBytes(32);
	const revokedAt = new Map<string, number>();
	const signature = (pathname: string, expires: number) =>
		createHmac('sha256', secret).update(`${pathname}\n${expires}`).digest('base64url');

	return {
		sign(pathname) {
			const issued = Math.max(Date.now(), (revokedAt.get(pathname) ?? 0) + 1);
			const expires = issued + lifetimeMs;
			return {
				query: `expires=${expires}&signature=${signature(pathname, expires)}`,
				expiresAt: new Date(expires).toISOString(),
			};
		},
		check(pathname, query) {
			const expires = Number(query.get('expires') ?? Number.NaN);
			if (!same(query.get('signature') ?? '', signature(pathname, expires))) return 'forged';
			const revoked = (revokedAt.get(pathname) ?? 0) >= expires - lifetimeMs;
			return revoked || Date.now() >= expires ? 'expired' : 'good';
		},
		revoke(pathname) {
			revokedAt.set(pathname, Math.max(Date.now(), (revokedAt.get(pathname) ?? 0) + 1));
		},
	};
}

function same(given: string, right: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}
