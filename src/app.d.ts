declare global {
	namespace App {
		interface PageState {
			/** A picture covers the page: a step of its own for Back. */
			covered?: true;
		}
	}

	/** The package's version; in the custom element's build only. */
	const __VERSION__: string;
}

export {};
