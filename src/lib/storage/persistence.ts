/** Whether the browser may clear what this page keeps when room gets scarce. */
export type Persistence = 'persisted' | 'may-be-wiped' | 'unknown';

/**
 * Asks the browser to keep this page's storage until a person clears it. Firefox asks the person.
 * It never throws; `unknown` where the browser can't be asked.
 */
export async function askToPersist(): Promise<Persistence> {
	try {
		return (await navigator.storage.persist()) ? 'persisted' : 'may-be-wiped';
	} catch {
		return 'unknown';
	}
}
