import { StallError } from './errors';

/**
 * Runs a request that must show a sign of life every `stallMs`, and aborts it when it doesn't.
 *
 * Time is counted in short ticks, and a tick that took far too long counts as one tick: a machine that slept, or a
 * frozen tab, has not waited.
 *
 * @param run gets the signal for its fetch, and `beat` to call at every sign of life
 * @throws StallError, or the outer signal's reason, or what `run` throws
 */
export async function watched<T>(
	stallMs: number,
	outer: AbortSignal,
	run: (signal: AbortSignal, beat: () => void) => Promise<T>,
): Promise<T> {
	outer.throwIfAborted();
	const inner = new AbortController();
	const forward = () => inner.abort(outer.reason);
	outer.addEventListener('abort', forward, { once: true });

	const tick = Math.min(1000, stallMs / 5);
	let idle = 0;
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		idle += Math.min(now - last, 1.5 * tick);
		last = now;
		if (idle >= stallMs) inner.abort(new StallError(stallMs));
	}, tick);

	try {
		return await run(inner.signal, () => (idle = 0));
	} catch (error) {
		// Some engines reject with an AbortError of their own instead of the signal's reason.
		throw inner.signal.aborted ? inner.signal.reason : error;
	} finally {
		clearInterval(timer);
		outer.removeEventListener('abort', forward);
	}
}
