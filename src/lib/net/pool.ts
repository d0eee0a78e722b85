/**
 * Runs `work` for every item, at most `width` at a time. The first error stops the others' signal and is thrown
 * once all of them have ended, so that nothing goes on unseen.
 */
export async function inPool<T>(
	items: Iterable<T>,
	width: number,
	outer: AbortSignal,
	work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
	outer.throwIfAborted();
	const inner = new AbortController();
	const forward = () => inner.abort(outer.reason);
	outer.addEventListener('abort', forward, { once: true });
	const queue = items[Symbol.iterator]();

	async function lane(): Promise<void> {
		for (let next = queue.next(); !next.done; next = queue.next()) {
			inner.signal.throwIfAborted();
			await work(next.value, inner.signal);
		}
	}

	const lanes = Array.from({ length: width }, () =>
		lane().catch((error: unknown) => {
			if (!inner.signal.aborted) inner.abort(error);
		}),
	);
	await Promise.all(lanes);
	outer.removeEventListener('abort', forward);
	inner.signal.throwIfAborted();
}
