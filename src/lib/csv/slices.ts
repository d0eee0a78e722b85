/**
 * Takes from an iterable, a slice at a time, so that no slice keeps the main thread for long.
 *
 * @param budgetMs no more is taken for a slice once this time is over, in ms
 * @param most items of a slice: handing it to a worker copies it, on this thread
 */
export function* slices<T>(items: Iterable<T>, budgetMs: number, most: number): Generator<T[]> {
	let slice: T[] = [];
	let until = performance.now() + budgetMs;
	for (const item of items) {
		slice.push(item);
		if (slice.length < most && performance.now() < until) continue;
		yield slice;
		slice = [];
		until = performance.now() + budgetMs;
	}
	if (slice.length > 0) yield slice;
}
