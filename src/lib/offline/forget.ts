import { deleteBucket } from '$lib/storage/bucket';
import { COPY, DATABASE } from '$lib/storage/schema';
import { DIRECTORY } from '$lib/zip/spool-files';

/*
 * Forgetting this device: whatever this page keeps in this browser goes, in every tab. What a service worker keeps is
 * the page's, which takes it away itself.
 */

/** What local storage keeps of this page begins so. */
const KEYS = 'headshot-admin:';

/** What could not be removed. Its message is a sentence for the person. */
class ForgetError extends Error {
	override name = 'ForgetError';
}

/**
 * Removes databases, private files and local storage of this page. Every connection, worker and file in use must have
 * been let go of, or be about to.
 * @param patienceMs how long another tab may take to let go
 * @throws ForgetError; what could be removed is removed
 */
export async function forgetStorage(patienceMs = 10_000): Promise<void> {
	const results = await Promise.allSettled([deleteDatabasesAndCopy(patienceMs), deleteFiles(patienceMs)]);
	forgetKeys();
	const failed = results.find((result) => result.status === 'rejected');
	if (!failed) return;
	throw failed.reason instanceof ForgetError
		? failed.reason
		: new ForgetError('The browser did not remove everything. Try again, or clear this site’s data.', {
				cause: failed.reason,
			});
}

/** The copy last: a tab that hears of the databases' end fills it no more. */
async function deleteDatabasesAndCopy(patienceMs: number): Promise<void> {
	await deleteDatabases(patienceMs);
	await deleteBucket(COPY);
}

/** Of this page's, in whatever version. */
async function deleteDatabases(patienceMs: number): Promise<void> {
	// Where storage is refused, there is nothing.
	const known = await Promise.resolve()
		.then(() => indexedDB.databases())
		.catch(() => [{ name: DATABASE }]);
	if (!known.some(({ name }) => name === DATABASE)) return;
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(inUse()), patienceMs);
		const request = indexedDB.deleteDatabase(DATABASE);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error);
		// "blocked" needs no answer: it goes on by itself when the other tab has let go.
		request.addEventListener('success', () => clearTimeout(timer));
		request.addEventListener('error', () => clearTimeout(timer));
	});
}

async function deleteFiles(patienceMs: number): Promise<void> {
	if (typeof navigator.storage?.getDirectory !== 'function') return;
	const until = Date.now() + patienceMs;
	for (;;) {
		try {
			const root = await navigator.storage.getDirectory();
			return await root.removeEntry(DIRECTORY, { recursive: true });
		} catch (error) {
			const name = error instanceof DOMException ? error.name : '';
			// None were made, or the browser keeps none for this page.
			if (name === 'NotFoundError' || name === 'SecurityError') return;
			// A worker that writes one is just ending.
			if (name !== 'NoModificationAllowedError') throw error;
			if (Date.now() > until) throw inUse();
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

function forgetKeys(): void {
	try {
		for (const key of Object.keys(localStorage)) if (key.startsWith(KEYS)) localStorage.removeItem(key);
	} catch {
		// Refused: then nothing is kept there.
	}
}

function inUse(): ForgetError {
	return new ForgetError('Another tab still uses what is kept. Close the other tabs, then try again.');
}
