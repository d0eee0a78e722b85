import type { RosterData } from '$lib/members/load';
import { forget, recall, remember } from '$lib/storage/local';
import type { LastOrganizationRecord, SnapshotRecord } from '$lib/storage/schema';
import type { Store } from '$lib/storage/store';
import { MAX_AGE_MS, readRecord, toRecord, type Snapshot } from './snapshot';

const SETTING = 'headshot-admin:keep-members';

export interface SnapshotsOptions {
	/** Belongs to whoever made it, and is not disposed here. */
	store: Store;
	/** Tells the backend that the members come from apart from others. */
	source: string;
	/** ms since the epoch */
	now?: () => number;
}

/** What is kept, in numbers. */
export interface KeptSize {
	/** When members were read last, of whichever organization; `null` when none are kept. */
	savedAt: number | null;
	thumbnails: number;
	/** Of the thumbnails. */
	bytes: number;
}

/**
 * The members of each organization as they were seen last, for a start without waiting and for one without a network.
 * The page can do without: what can't be read or written is as if it were not kept.
 */
export class Snapshots {
	#store: Store;
	#source: string;
	#now: () => number;
	#isOn = $state(recall(SETTING) !== 'no');
	/** Switched off in this tab, and perhaps not remembered. */
	#isOffHere = false;
	#last: string | null = null;
	/** The backend itself has said whose they are. */
	#isTold = false;
	#reading: Promise<void> | null = null;
	#ahead: { organization: string; found: Promise<Snapshot | null> } | null = null;
	#over = new AbortController();
	/** Ends writing what has been overtaken. */
	#overtaken = new AbortController();

	constructor({ store, source, now = Date.now }: SnapshotsOptions) {
		this.#store = store;
		this.#source = source;
		this.#now = now;
	}

	/** Whether members are kept at all, as this tab knows. */
	get on(): boolean {
		return this.#isOn;
	}

	/** The same, asked anew: another tab may have switched it. */
	look(): boolean {
		return (this.#isOn = !this.#isOffHere && recall(SETTING) !== 'no');
	}

	/** Whose members the backend gave last; `null` when nobody knows, or when it has refused them since. */
	get last(): string | null {
		return this.#last;
	}

	/** The same, as earlier visits left it, where the backend has not said anything yet. Never rejects. */
	async findLast(): Promise<string | null> {
		await (this.#reading ??= this.#readLast());
		return this.#last;
	}

	/** The backend has said whose members they are. Never rejects. */
	async named(organization: string): Promise<void> {
		this.#tell(organization);
		// Also when it is the same: another tab may have been refused, or have switched keeping off, meanwhile.
		if (this.look()) await this.#writeLast({ apiBase: this.#source, organization });
	}

	/** The backend has refused: until it says whose members they are, nobody's are shown. Never rejects. */
	async refused(): Promise<void> {
		this.#tell(null);
		await this.#writeLast(null);
	}

	/** Reads ahead what will most likely be asked for. Never rejects. */
	async prepare(): Promise<void> {
		const organization = await this.findLast();
		// Once the backend has said whose they are, they have been asked for.
		if (organization !== null && !this.#isTold)
			this.#ahead = { organization, found: this.#find(organization) };
	}

	/** What is kept of an organization; what is too old goes. Never rejects. */
	find(organization: string): Promise<Snapshot | null> {
		const ahead = this.#ahead;
		this.#ahead = null;
		return ahead?.organization === organization ? ahead.found : this.#find(organization);
	}

	async #find(organization: string): Promise<Snapshot | null> {
		if (!this.look()) return null;
		try {
			const reading = this.#store.read(['snapshots'], (transaction) =>
				transaction.objectStore('snapshots').get([this.#source, organization]),
			);
			// Behind it, since nobody waits for that.
			void this.#dropStale();
			const found = await reading;
			return await readRecord(found, this.#now(), this.#over.signal);
		} catch (error) {
			if (this.#over.signal.aborted) return null;
			console.warn('What was kept of the members can’t be read.', error);
			return null;
		}
	}

	/** Keeps what the backend has told, in the place of what is still being written. Never rejects. */
	async keep(data: RosterData): Promise<void> {
		this.#overtaken.abort();
		if (!this.look()) return;
		this.#overtaken = new AbortController();
		const signal = AbortSignal.any([this.#over.signal, this.#overtaken.signal]);
		try {
			await this.#put(await toRecord(data, this.#source, this.#now(), signal));
		} catch (error) {
			if (signal.aborted) return;
			console.warn('The members are not kept for the next visit.', error);
		}
	}

	/** Switches keeping on or off; off, what is kept goes, of every organization. @throws StorageError */
	async set(on: boolean): Promise<void> {
		this.#isOn = on;
		this.#isOffHere = !on;
		this.#ahead = null;
		this.#overtaken.abort();
		if (on) return forget(SETTING);
		remember(SETTING, 'no');
		const all = ['snapshots', 'last-organizations', 'thumbnails', 'thumbnail-uses'] as const;
		await this.#store.write([...all], async (transaction) => {
			await Promise.all(all.map((name) => transaction.objectStore(name).clear()));
		});
	}

	/** @throws StorageError */
	size(): Promise<KeptSize> {
		return this.#store.read(['snapshots', 'thumbnail-uses'], async (transaction) => {
			const [latest, uses] = await Promise.all([
				transaction.objectStore('snapshots').index('savedAt').openKeyCursor(null, 'prev'),
				transaction.objectStore('thumbnail-uses').getAll(),
			]);
			const bytes = uses.reduce((sum, { size }) => sum + size, 0);
			return { savedAt: latest?.key ?? null, thumbnails: uses.length, bytes };
		});
	}

	/** Ends what is still being read, or written. */
	dispose(): void {
		this.#over.abort();
	}

	/** What holds from now on, whatever earlier visits knew. */
	#tell(organization: string | null): void {
		this.#isTold = true;
		this.#last = organization;
	}

	async #readLast(): Promise<void> {
		try {
			const found = await this.#store.read(['last-organizations'], (transaction) =>
				transaction.objectStore('last-organizations').get(this.#source),
			);
			if (!this.#isTold) this.#last = found?.organization ?? null;
		} catch (error) {
			console.warn('Whose members were shown last is not known.', error);
		}
	}

	async #writeLast(record: LastOrganizationRecord | null): Promise<void> {
		try {
			await this.#store.write(['last-organizations'], async (transaction) => {
				const last = transaction.objectStore('last-organizations');
				await (record ? last.put(record) : last.delete(this.#source));
			});
		} catch (error) {
			console.warn('Whose members they are is not kept.', error);
		}
	}

	async #put(record: SnapshotRecord): Promise<void> {
		const { apiBase, organization } = record;
		await this.#store.write(['snapshots', 'last-organizations'], async (transaction) => {
			await Promise.all([
				transaction.objectStore('snapshots').put(record),
				this.#last === organization &&
					transaction.objectStore('last-organizations').put({ apiBase, organization }),
			]);
		});
		// Another tab may have switched it off meanwhile.
		if (!this.look()) await this.set(false);
	}

	/** Of every organization, with the thumbnails. Never rejects. */
	async #dropStale(): Promise<void> {
		try {
			await this.#deleteStale();
		} catch (error) {
			console.warn('What is too old stays for now.', error);
		}
	}

	/** @throws StorageError */
	async #deleteStale(): Promise<void> {
		const now = this.#now();
		const ages = [IDBKeyRange.upperBound(now - MAX_AGE_MS), IDBKeyRange.lowerBound(now + MAX_AGE_MS)];
		await this.#store.write(['snapshots', 'thumbnails', 'thumbnail-uses'], async (transaction) => {
			const snapshots = transaction.objectStore('snapshots');
			const keys = await Promise.all(ages.map((age) => snapshots.index('savedAt').getAllKeys(age)));
			for (const key of keys.flat()) {
				const [, organization] = key;
				const whole = IDBKeyRange.bound([organization], [organization, []]);
				await Promise.all([
					snapshots.delete(key),
					transaction.objectStore('thumbnails').delete(whole),
					transaction.objectStore('thumbnail-uses').delete(whole),
				]);
			}
		});
	}
}
