/** What the person is told when a part of the page can't be had. */
export const NOT_LOADED =
	'A part of the page could not be loaded: the network is away, or the page was updated. Reload it and try again.';

/** Neither the worker nor, in its place, its code for the main thread could be loaded. Its message is for the person. */
export class NotLoadedError extends Error {
	override name = 'NotLoadedError';

	constructor(options: { cause: unknown }) {
		super(NOT_LOADED, options);
	}
}

/**
 * Why a worker's work did not end, for the person.
 * @param does what the worker is there for: `downloads`
 */
export function whyStopped(error: unknown, does: string): string {
	if (error instanceof NotLoadedError) return error.message;
	return `The part of the page that ${does} stopped working. Please try again.`;
}
