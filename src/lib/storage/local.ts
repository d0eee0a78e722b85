/*
 * Small things that the page can do without: localStorage may be refused, full or emptied, and none of it is an error.
 */

/** Session storage is the tab's own, and goes with it. */
type Where = 'localStorage' | 'sessionStorage';

/** What was kept under this key; `null` when nothing was, or when the browser doesn't say. */
export function recall(key: string, where: Where = 'localStorage'): string | null {
	try {
		return globalThis[where].getItem(key);
	} catch {
		return null;
	}
}

/** Keeps a value if it can. */
export function remember(key: string, value: string, where: Where = 'localStorage'): void {
	try {
		globalThis[where].setItem(key, value);
	} catch {
		// Then it isn't remembered.
	}
}

/** Keeps nothing under this key any more. */
export function forget(key: string): void {
	try {
		localStorage.removeItem(key);
	} catch {
		// Then there is nothing to be forgotten.
	}
}
