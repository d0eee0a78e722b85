declare global {
	namespace App {
		interface PageState {
			/** A picture covers the page: a step of its own for Back. */
			covered?: true;
		}
	}

	/** Storage Buckets (https://wicg.github.io/storage-buckets/): Chromium has them, Firefox and Safari don't. */
	interface Navigator {
		readonly storageBuckets?: {
			open(name: string, options?: { durability?: 'strict' }): Promise<{ readonly indexedDB: IDBFactory }>;
			keys(): Promise<string[]>;
			delete(name: string): Promise<void>;
		};
	}

	/** The package's version; in the custom element's build only. */
	const __VERSION__: string;
}

export {};
