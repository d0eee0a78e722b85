import type { ReadTransaction, Store, WriteTransaction } from '$lib/storage/store';
import type { Marker } from './marker';
import { byShoot, type MarkerMap } from './marker-map';

/** From so many on, reading all markers of the organization at once is quicker than one by one. */
const MANY = 100;

/** Every marker of the organization, the undone ones too. @throws StorageError */
export function loadAll(store: Store, organization: string): Promise<Marker[]> {
	return store.read(['markers'], (transaction) => ofOrganization(transaction, organization));
}

/** The markers that these shoots have. @throws StorageError */
export function loadSome(store: Store, organization: string, shootIds: string[]): Promise<MarkerMap> {
	return store.read(['markers'], (transaction) => find(transaction, organization, shootIds));
}

/**
 * Changes the markers of these shoots in one transaction: all of them, or none.
 *
 * @param change gives a shoot's new marker; the same one, or `undefined`, to leave it. It may be called twice a shoot.
 * @returns what is stored now, once it is on the disk
 * @throws StorageError
 */
export function changeRecords(
	store: Store,
	organization: string,
	shootIds: string[],
	change: (shootId: string, existing: Marker | undefined) => Marker | undefined,
): Promise<Marker[]> {
	return store.write(['markers'], async (transaction) => {
		// Another tab may have changed them since this one looked.
		const existing = await find(transaction, organization, shootIds);
		const now: Marker[] = [];
		const changed: Marker[] = [];
		for (const shootId of shootIds) {
			const before = existing.get(shootId);
			const after = change(shootId, before);
			if (after === undefined) continue;
			now.push(after);
			if (after !== before) changed.push(after);
		}
		const markers = transaction.objectStore('markers');
		await Promise.all(changed.map((marker) => markers.put(marker)));
		return now;
	});
}

type Transaction = ReadTransaction<'markers'> | WriteTransaction<'markers'>;

function ofOrganization(transaction: Transaction, organization: string): Promise<Marker[]> {
	return transaction.objectStore('markers').index('organization').getAll(organization);
}

async function find(transaction: Transaction, organization: string, shootIds: string[]): Promise<MarkerMap> {
	if (shootIds.length >= MANY) return byShoot(await ofOrganization(transaction, organization));
	const markers = transaction.objectStore('markers');
	const found = await Promise.all(shootIds.map((shootId) => markers.get([organization, shootId])));
	return byShoot(found.filter((marker) => marker !== undefined));
}
