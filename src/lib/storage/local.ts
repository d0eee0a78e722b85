/*
 * Small things that the page can do without: localStorage may be refused, full or emptied, and none of it is an error.
 */

/** What was kept under this key; `null` when nothing was, or when the browser doesn't say. */
export function recall(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Keeps a value if it can. */
export function remember(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
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
