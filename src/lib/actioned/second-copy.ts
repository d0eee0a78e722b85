import type { Store } from '$lib/storage/store';
import { toRestore } from './changes';
import { merge, type Marker } from './marker';
import type { MarkerMap } from './marker-map';
import { changeRecords } from './records';

/** Read or written in one go: few enough that the page doesn't halt. */
const SLICE = 250;

/**
 * The markers a second time, in files of their own. Chromium keeps all databases of a site in one log; a write that a
 * kill or a power cut has torn stays in it, what is written behind it can't be read, and the next visit but one finds the
 * log damaged and deletes every database (`dataLoss: 'total'`). A torn write in one of two places leaves the other
 * whole. Where it can't be kept, the markers do without; nothing of it ever fails for the person.
 */
export class SecondCopy {
	#store: Store | null;

	/** @param store a place apart from the markers' own; `null` for no copy. It is disposed here. */
	constructor(store: Store | null) {
		this.#store = store;
	}

	/** Keeps what the first place has on the disk already. Resolves once it is on the disk here, too, or can't be. */
	async keep(markers: Marker[]): Promise<void> {
		try {
			await this.#put(markers);
		} catch (error) {
			this.#giveUp(error);
		}
	}

	/**
	 * Brings both places to the newest state of each shoot.
	 * @param first where the markers are kept
	 * @param known what is there now of this organization
	 * @param signal ends it between two slices; whatever was written stays
	 * @returns the shoots whose markers the first place had lost, or had an older state of, and has back now
	 */
	async agree(first: Store, organization: string, known: MarkerMap, signal: AbortSignal): Promise<string[]> {
		let newer: Marker[];
		try {
			newer = await this.#follow(organization, known, signal);
		} catch (error) {
			if (!signal.aborted) this.#giveUp(error);
			return [];
		}
		if (newer.length === 0) return [];
		const { shootIds, apply } = toRestore(organization, newer);
		try {
			await changeRecords(first, organization, shootIds, apply);
			return shootIds;
		} catch (error) {
			// The copy still has them, and is compared again at the next visit.
			console.warn('What the second copy has of the markers could not be put back.', error);
			return [];
		}
	}

	/** What is being written is still finished. */
	dispose(): void {
		this.#store?.dispose();
		this.#store = null;
	}

	/** Brings the copy to what is known. @returns what of it is newer than that */
	async #follow(organization: string, known: MarkerMap, signal: AbortSignal): Promise<Marker[]> {
		if (!this.#store) return [];
		const missing = new Map(known);
		const newer: Marker[] = [];
		for await (const copied of this.#slices(this.#store, organization)) {
			signal.throwIfAborted();
			for (const copy of copied) {
				const marker = known.get(copy.shootId);
				if (marker === undefined || merge(marker, copy) !== marker) newer.push(copy);
				else if (merge(copy, marker) !== copy) continue;
				missing.delete(copy.shootId);
			}
		}
		const fresh = [...missing.values()];
		for (let from = 0; from < fresh.length; from += SLICE) {
			await this.#put(fresh.slice(from, from + SLICE));
			signal.throwIfAborted();
		}
		return newer;
	}

	/** Leaves what another tab has made newer meanwhile. */
	async #put(markers: Marker[]): Promise<void> {
		await this.#store?.write(['markers'], async (transaction) => {
			const copies = transaction.objectStore('markers');
			const put = async (marker: Marker) => {
				const copy = await copies.get([marker.organization, marker.shootId]);
				if (!copy || merge(copy, marker) !== copy) await copies.put(marker);
			};
			await Promise.all(markers.map(put));
		});
	}

	async *#slices(store: Store, organization: string): AsyncGenerator<Marker[]> {
		// In IndexedDB's order of keys a list is behind every text.
		const end = [organization, []];
		for (let after: unknown[] = [organization]; ;) {
			const range = IDBKeyRange.bound(after, end, true, true);
			const slice = await store.read(['markers'], (transaction) =>
				transaction.objectStore('markers').getAll(range, SLICE),
			);
			yield slice;
			if (slice.length < SLICE) return;
			after = [organization, slice.at(-1)!.shootId];
		}
	}

	/** A copy that fails would make every further mark wait. The next visit brings it up to date. */
	#giveUp(error: unknown): void {
		if (!this.#store) return;
		console.warn('The second copy of the markers could not be kept.', error);
		this.dispose();
	}
}
