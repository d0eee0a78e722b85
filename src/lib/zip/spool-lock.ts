/**
 * Who uses a spool holds a Web Lock with its name. It goes away with the tab or worker that holds it, however that ends,
 * so that what a crash left behind can be told from what another tab is at work on.
 */

const PREFIX = 'headshot-admin:spool:';

/** Takes a spool for oneself alone, at once: returns what lets it go, or `null` when somebody has it. */
export function lockSpool(name: string): Promise<(() => void) | null> {
	return request(name, { ifAvailable: true });
}

/**
 * Takes over a spool from the worker that wrote it, as soon as that has let go of it: until then, the job's record keeps
 * others from taking it away. Resolves with what lets it go.
 */
export async function holdSpool(name: string): Promise<() => void> {
	return (await request(name, {}))!;
}

/** Whether somebody uses it, or waits to take it over: in any tab, this one too. */
export async function isInUse(name: string): Promise<boolean> {
	const { held = [], pending = [] } = await navigator.locks.query();
	return [...held, ...pending].some((lock) => lock.name === PREFIX + name);
}

/** Resolves when nobody has it, or after so many ms. */
export async function untilFree(name: string, ms: number): Promise<void> {
	try {
		await navigator.locks.request(PREFIX + name, { signal: AbortSignal.timeout(ms) }, () => {});
	} catch (error) {
		if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
	}
}

function request(name: string, options: LockOptions): Promise<(() => void) | null> {
	return new Promise((resolve, reject) => {
		navigator.locks
			.request(PREFIX + name, options, (lock) => {
				if (!lock) return resolve(null);
				return new Promise<void>((release) => resolve(release));
			})
			.catch(reject);
	});
}
