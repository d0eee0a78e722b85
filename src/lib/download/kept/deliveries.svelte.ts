import type { Store } from '$lib/storage/store';
import type { DeliveryRecord } from '$lib/storage/schema';
import { pictureKey, type FinishedShoot } from '$lib/members/member';
import type { Delivered } from '$lib/download/contract';

/**
 * What of an organization was handed over from this browser, and when. It only saves work: without it, a download
 * brings everybody once more.
 */
export class Deliveries {
	#store: Store;
	#now: () => number;
	#organization = '';
	#records = $state.raw<ReadonlyMap<string, DeliveryRecord>>(new Map());

	constructor(store: Store, now: () => number = Date.now) {
		this.#store = store;
		this.#now = now;
	}

	/** Loads an organization's deliveries. Never rejects: what can't be read is as if nothing was handed over. */
	async open(organization: string): Promise<void> {
		if (organization !== this.#organization) this.#records = new Map();
		this.#organization = organization;
		try {
			const all = await this.#store.read(['deliveries'], (transaction) =>
				transaction.objectStore('deliveries').index('organization').getAll(organization),
			);
			if (this.#organization === organization) this.#records = byShoot(all);
		} catch (error) {
			console.warn('What was downloaded before is not known.', error);
		}
	}

	/** When something was handed over last, ms since the epoch; `null` when nothing was. */
	readonly since = $derived.by(() => {
		let latest: number | null = null;
		for (const { at } of this.#records.values()) latest = Math.max(latest ?? 0, at);
		return latest;
	});

	/** Its favorite, or the profile picture that goes along, is not what was handed over. */
	isNew({ id, favorite }: FinishedShoot): boolean {
		if (favorite === null) return false;
		const record = this.#records.get(id);
		return record?.photoId !== favorite.photoId || record.picture !== pictureKey(favorite);
	}

	/** Remembers what is in an archive that was saved. Never rejects. */
	async add(delivered: readonly Delivered[], archive: string): Promise<void> {
		const organization = this.#organization;
		const at = this.#now();
		const records = delivered.map(({ shootId, photoId, picture }): DeliveryRecord => {
			return { organization, shootId, photoId, picture, at, archive };
		});
		if (organization === '' || records.length === 0) return;
		this.#records = new Map([...this.#records, ...byShoot(records)]);
		try {
			await this.#store.write(['deliveries'], async (transaction) => {
				const deliveries = transaction.objectStore('deliveries');
				await Promise.all(records.map((record) => deliveries.put(record)));
			});
		} catch (error) {
			// The next download brings them once more, and that is all.
			console.warn('What was downloaded is known to this tab only.', error);
		}
	}
}

function byShoot(records: DeliveryRecord[]): Map<string, DeliveryRecord> {
	return new Map(records.map((record) => [record.shootId, record]));
}
