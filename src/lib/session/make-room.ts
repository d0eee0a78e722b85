import { deleteHandedOver, deleteInterrupted } from '$lib/download/kept/interrupted';
import { dropAllThumbnails } from '$lib/offline/job/shelf';
import type { Store } from '$lib/storage/store';

/** What can be done without, the least missed first. */
const dispensable = [
	{ free: deleteHandedOver, said: null },
	{ free: dropAllThumbnails, said: null },
	{
		free: deleteInterrupted,
		said: 'The disk is full: an interrupted download has made room for who is actioned.',
	},
];

/**
 * Markers come first: takes away what is missed least and is not in use, one kind of it at a time.
 * @param tell shows a sentence to the person, where something goes that may be missed
 * @returns whether anything went. Never rejects.
 */
export async function makeRoom(store: Store, tell: (message: string) => void): Promise<boolean> {
	for (const { free, said } of dispensable) {
		try {
			if (!(await free(store))) continue;
			if (said !== null) tell(said);
			return true;
		} catch (error) {
			console.warn('No room could be made.', error);
		}
	}
	return false;
}
