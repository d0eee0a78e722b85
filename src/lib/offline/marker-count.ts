import type { Store } from '$lib/storage/store';

/** How many actioned markers this browser keeps. */
export interface MarkerCount {
	/** Of the organization that is open. */
	own: number;
	/** Of all the others. */
	others: number;
}

/**
 * What forgetting would lose.
 * @param organization the uid of the one that is open; `null` when none is
 * @throws StorageError
 */
export async function countMarkers(store: Store, organization: string | null): Promise<MarkerCount> {
	const all = await store.read(['markers'], (transaction) => transaction.objectStore('markers').getAll());
	const actioned = all.filter(({ state }) => state === 'actioned');
	const own = actioned.filter((marker) => marker.organization === organization).length;
	return { own, others: actioned.length - own };
}
