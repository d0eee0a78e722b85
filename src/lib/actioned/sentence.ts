import { isStorageError } from '$lib/storage/errors';

/** The sentence for an error of any kind. What the storage doesn't know of is a mistake of ours: logged too. */
export function sentenceOf(error: unknown): string {
	if (isStorageError(error)) return error.message;
	console.error(error);
	return 'The markers could not be kept. Reload the page and try again.';
}
