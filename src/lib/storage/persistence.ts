/** Whether the browser may clear what this page keeps when room gets scarce. */
export type Persistence = 'persisted' | 'may-be-wiped' | 'unknown';

/**
 * Asks the browser to keep this page's storage until a person clears it (`persist`: Firefox asks the person), or whether
 * it does (`persisted`: nobody is asked). It never throws; `unknown` where the browser can't be asked.
 */
export async function askPersistence(question: 'persist' | 'persisted'): Promise<Persistence> {
	try {
		return (await navigator.storage[question]()) ? 'persisted' : 'may-be-wiped';
	} catch {
		return 'unknown';
	}
}
