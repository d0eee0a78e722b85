/**
 * Sleeps `ms`. Rejects with the signal's reason when aborted; leaves no timer and no listener behind.
 */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(signal.reason);
		const done = () => {
			signal.removeEventListener('abort', abort);
			resolve();
		};
		const timer = setTimeout(done, ms);
		const abort = () => {
			clearTimeout(timer);
			reject(signal.reason);
		};
		signal.addEventListener('abort', abort, { once: true });
	});
}

/** Waits for work that others share, without ending it when only this waiter is aborted. */
export function shared<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) abort();
		else signal.addEventListener('abort', abort, { once: true });
		// Also when it is too late: a failure that nobody looks at would count as unhandled.
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
