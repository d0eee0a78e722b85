/** By less than this, in ms, the clocks of a server and of this machine are the same. */
const CLOCKS_DIFFER_MS = 2_000;

/** Exponential backoff with full jitter, in ms. `nth` counts from 1. */
export function backoff(nth: number, baseMs: number, capMs: number, random = Math.random): number {
	return random() * Math.min(capMs, baseMs * 2 ** (nth - 1));
}

/**
 * How long a server asks to wait, in ms from `now`; `null` when it doesn't say.
 *
 * `Retry-After` is seconds or an HTTP date (RFC 9110, 10.2.3). `X-RateLimit-Reset` is an ISO time; HeadshotPro's
 * own sample waits 100 ms more.
 */
export function askedToWait(headers: Headers, now: number): number | null {
	const retryAfter = headers.get('retry-after') ?? '';
	if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
	// Each form of an HTTP date tells the time; without it, engines take a mere "-5" or "1.5" for a date.
	const date = /\d:\d/.test(retryAfter) ? Date.parse(retryAfter) : NaN;
	if (!Number.isNaN(date)) return Math.max(0, date - serverTime(headers, now));
	return rateLimitReset(headers, now);
}

/** Time until the rate limit's window ends, in ms from `now`; `null` when it isn't told. */
export function rateLimitReset(headers: Headers, now: number): number | null {
	const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
	return Number.isNaN(reset) ? null : Math.max(0, reset - serverTime(headers, now)) + 100;
}

/** This machine's clock may be wrong by minutes. The server's is told in whole seconds, and only where CORS lets it through. */
function serverTime(headers: Headers, now: number): number {
	const told = Date.parse(headers.get('date') ?? '');
	return Math.abs(told - now) > CLOCKS_DIFFER_MS ? told : now;
}
