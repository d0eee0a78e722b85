/** Neither the worker nor, in its place, its code for the main thread could be loaded. */
export class NotLoadedError extends Error {
	override name = 'NotLoadedError';
}
