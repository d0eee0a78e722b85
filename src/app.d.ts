declare global {
	namespace App {}

	/** The package's version; in the custom element's build only. */
	const __VERSION__: string;
}

export {};
