import type { Store } from '$lib/storage/store';
import { keepCount, keptCount } from './kept-count';
import type { Marker } from './marker';
import { byShoot, countActioned, isSame, withMarkers, withShoots, type MarkerMap } from './marker-map';
import { loadAll, loadSome } from './records';
import { SecondCopy } from './second-copy';
import { sentenceOf } from './sentence';

export type MarkersState =
	/** No organization has been opened yet. */
	| { kind: 'closed' }
	| { kind: 'loading' }
	| { kind: 'ready' }
	/** What was read stays in sight and nothing can be changed; `reason` is a sentence for the person. */
	| { kind: 'read-only'; reason: string };

/** Fewer actioned shoots than this browser kept; `expected` is 0 when nobody knows how many there were. */
export interface Loss {
	expected: number;
	found: number;
}

const nothing: MarkerMap = byShoot([]);

/** What is on the disk of one organization's markers, and whether it is all that should be. */
export class Mirror {
	#store: Store;
	#isDisposed = false;
	/** The organization whose loss the person knows about, where localStorage can't remember it. */
	#forgiven: string | null = null;
	#organization = $state<string | null>(null);
	#state = $state.raw<MarkersState>({ kind: 'closed' });
	#map = $state.raw(nothing);
	#lost = $state.raw<Loss | null>(null);

	#readOnly: string | null;
	/** For each reading of everything that is under way, the shoots that came later than it began. */
	readonly #newer = new Set<Set<string>>();

	readonly #copy: SecondCopy;
	/** Ends comparing with the second copy. */
	readonly #apart = new AbortController();
	/** Whose markers were compared with it. */
	#compared: string | null = null;

	/**
	 * @param copy where they are kept a second time, disposed here; `null` for nowhere
	 * @param readOnly why nothing may be changed, whatever can be read; `null` when it may
	 */
	constructor(store: Store, copy: Store | null = null, readOnly: string | null = null) {
		this.#store = store;
		this.#copy = new SecondCopy(copy);
		this.#readOnly = readOnly;
	}

	get organization(): string | null {
		return this.#organization;
	}

	get state(): MarkersState {
		return this.#state;
	}

	get map(): MarkerMap {
		return this.#map;
	}

	get lost(): Loss | null {
		return this.#lost;
	}

	/** Whether that organization is (still) the one that is open: another may be by the end of a wait. */
	shows(organization: string): boolean {
		return this.#organization === organization && !this.#isDisposed;
	}

	/** Shows an organization's markers, and nothing of the last one's. */
	async open(organization: string): Promise<void> {
		if (organization !== this.#organization) {
			this.#organization = organization;
			this.#state = { kind: 'loading' };
			this.#map = nothing;
			this.#lost = null;
		}
		await this.reload();
	}

	/** Reads everything again. It never rejects. */
	async reload(): Promise<void> {
		const organization = this.#organization;
		if (organization === null) return;
		// Asked on both sides of the reading: another tab may mark or undo in between.
		const before = keptCount(organization);
		const newer = new Set<string>();
		this.#newer.add(newer);
		try {
			const found = await this.#load(organization, before);
			if (!this.shows(organization)) return;
			this.#replace(withShoots(found, [...newer], this.#map));
			this.#state =
				this.#readOnly === null ? { kind: 'ready' } : { kind: 'read-only', reason: this.#readOnly };
			this.#noticeLoss(organization, before, keptCount(organization));
		} catch (error) {
			this.fail(organization, error);
		} finally {
			this.#newer.delete(newer);
		}
	}

	/** These are on the disk: now in the second copy, too. It never rejects. */
	keep(markers: Marker[]): Promise<void> {
		return this.#copy.keep(markers);
	}

	/** Brings both copies to the newest, once for each organization. @returns whose markers are others now; never rejects */
	async compare(): Promise<string[]> {
		const organization = this.#organization;
		if (organization === null || organization === this.#compared || this.#state.kind !== 'ready') return [];
		this.#compared = organization;
		const mended = await this.#mend(organization, this.#map);
		if (mended.length === 0) return [];
		await this.reread(organization, mended);
		this.recount();
		return mended;
	}

	/** Reads the markers of some shoots again. It never rejects. */
	async reread(organization: string, shootIds: string[]): Promise<void> {
		if (!this.shows(organization)) return;
		try {
			const found = await loadSome(this.#store, organization, shootIds);
			if (!this.shows(organization)) return;
			this.#replace(withShoots(this.#map, shootIds, found));
			this.#came(shootIds);
			this.#keepCount();
		} catch (error) {
			this.fail(organization, error);
		}
	}

	/** These are on the disk now. */
	take(organization: string, markers: Marker[]): void {
		if (!this.shows(organization)) return;
		this.#replace(withMarkers(this.#map, markers));
		this.#came(markers.map(({ shootId }) => shootId));
		this.#keepCount();
	}

	/** Somebody has deleted the database. Read again, it would come back, if only as an empty one. */
	clear(): void {
		// Whoever has deleted it is about to delete the second copy, which must not be filled again.
		this.#apart.abort();
		const expected = this.#lost?.expected ?? countActioned(this.#map);
		this.#map = nothing;
		if (expected > 0) this.#lost = { expected, found: 0 };
	}

	/** Nothing can be read or written for now. */
	fail(organization: string, error: unknown): void {
		if (!this.shows(organization)) return;
		this.#state = { kind: 'read-only', reason: sentenceOf(error) };
	}

	/** A backup was restored: is everything back? */
	recount(): void {
		if (this.#lost && countActioned(this.#map) >= this.#lost.expected) this.forgive();
	}

	/** What is there now is what there is. */
	forgive(): void {
		this.#forgiven = this.#organization;
		this.#lost = null;
		this.#keepCount();
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#apart.abort();
		this.#copy.dispose();
	}

	/** What is on the disk: out of the second copy first, where it is less than was kept. */
	async #load(organization: string, expected: number | null): Promise<MarkerMap> {
		const found = byShoot(await loadAll(this.#store, organization));
		const isShort = this.#store.dataLoss || (expected ?? 0) > found.size;
		if (!isShort || this.#readOnly !== null) return found;
		if ((await this.#mend(organization, found)).length === 0) return found;
		// Whatever is missing still, only the count can tell now.
		this.#forgiven = organization;
		return byShoot(await loadAll(this.#store, organization));
	}

	/** Puts back what the disk has lost and the second copy has. @returns whose markers */
	#mend(organization: string, known: MarkerMap): Promise<string[]> {
		return this.#copy.agree(this.#store, organization, known, this.#apart.signal);
	}

	/** Whatever is still being read may be older. */
	#came(shootIds: readonly string[]): void {
		for (const newer of this.#newer) for (const shootId of shootIds) newer.add(shootId);
	}

	#noticeLoss(organization: string, before: number | null, after: number | null): void {
		const found = countActioned(this.#map);
		if (before === null || after === null) {
			// What was seen to go stays lost, though the count has gone along.
			const isLost = (this.#store.dataLoss && this.#forgiven !== organization) || this.#lost !== null;
			this.#lost = isLost ? { expected: this.#lost?.expected ?? 0, found } : null;
		} else {
			const expected = Math.min(before, after);
			// The count may be that of before an undo: the browser died, or another tab is at it. Undone markers are on the disk, and no loss.
			this.#lost = expected > this.#map.size ? { expected, found } : null;
		}
		this.#keepCount();
	}

	/** What was never read can't be counted, and a loss that nobody has seen must be seen after a reload too. */
	#keepCount(): void {
		if (this.#organization === null || this.#state.kind !== 'ready' || this.#lost !== null) return;
		keepCount(this.#organization, countActioned(this.#map));
	}

	/** Whoever looks at a tab again should not have thousands of rows drawn anew for nothing. */
	#replace(map: MarkerMap): void {
		if (!isSame(this.#map, map)) this.#map = map;
	}
}
