import { isStorageError } from '$lib/storage/errors';
import { askPersistence, type Persistence } from '$lib/storage/persistence';
import type { Store } from '$lib/storage/store';
import { previewChange, toMark, toNote, toRestore, toUndo, type Change } from './changes';
import { actionedAt, type Handed, type Marker } from './marker';
import { onlyActioned, withMarkers, type MarkerMap } from './marker-map';
import { Mirror, type Loss, type MarkersState } from './mirror.svelte';
import { changeRecords, loadAll } from './records';
import { sentenceOf } from './sentence';
import { openTabs, type Channel, type Tabs } from './tabs';
import { onWake } from './wake';

/** What became of an action: it is on the disk, or a sentence says why not. */
export type Saved = { ok: true } | { ok: false; reason: string };

export interface MarkersOptions {
	/** Belongs to whoever made it, and is not disposed here. */
	store: Store;
	/** Where they are kept a second time, apart from that; disposed here. None unless told. */
	copy?: Store | null;
	/** Why nothing may be changed here: a sentence for the person; `null` when it may. */
	readOnly?: string | null;
	/** Takes away what markers are more important than. Resolves with whether anything went; never rejects. */
	makeRoom?: () => Promise<boolean>;
	/** The line to the other tabs; a BroadcastChannel unless told otherwise. */
	channel?: () => Channel;
	/** ms since the epoch */
	now?: () => number;
}

const NOT_OPEN = 'The markers of this organization have not been loaded yet. Please try again.';

/** The actioned shoots of one organization, as this browser keeps them; the other tabs follow. */
export class Markers {
	#store: Store;
	#now: () => number;
	#makeRoom: () => Promise<boolean>;
	#mirror: Mirror;
	#tabs: Tabs;
	#over = new AbortController();
	#isWaking = false;
	#hasAsked = false;
	/** How often somebody has deleted the database under it. */
	#deletions = 0;
	/** What actions under way will have made of the markers, the latest last. */
	#pending = $state.raw<MarkerMap[]>([]);
	/** The browser's answer to whether it keeps them; `null` before the first mark. */
	#persistence = $state.raw<Persistence | null>(null);
	/** Something was marked here, of the organization that is open. */
	#hasMarked = $state(false);

	constructor({
		store,
		copy = null,
		readOnly = null,
		makeRoom = async () => false,
		channel,
		now = Date.now,
	}: MarkersOptions) {
		this.#store = store;
		this.#now = now;
		this.#makeRoom = makeRoom;
		this.#mirror = new Mirror(store, copy, readOnly);
		this.#tabs = openTabs((news) => void this.#mirror.reread(news.organization, news.shootIds), channel);
		const stop = store.onclosed((why) => {
			if (why === 'deleted') {
				this.#deletions += 1;
				this.#mirror.clear();
			} else void this.#mirror.reload();
		});
		this.#over.signal.addEventListener('abort', stop);
		onWake(() => void this.#wake(), this.#over.signal);
	}

	get state(): MarkersState {
		return this.#mirror.state;
	}

	/** Whose markers they are; `null` before `open`. */
	get organization(): string | null {
		return this.#mirror.organization;
	}

	readonly #all = $derived.by(() =>
		this.#pending.reduce((all, changes) => withMarkers(all, changes.values()), this.#mirror.map),
	);

	/** The actioned shoots by id, those whose marker is still being saved included. */
	readonly actioned: MarkerMap = $derived(onlyActioned(this.#all));

	/** The browser came back with less than it kept, and that was neither forgiven nor made good by a restore. */
	get lost(): Loss | null {
		return this.#mirror.lost;
	}

	/** Something was marked in this visit, and the browser has not promised to keep it. */
	get areAtRisk(): boolean {
		// One that can't be asked has promised nothing.
		return this.#hasMarked && this.#persistence !== null && this.#persistence !== 'persisted';
	}

	/** An actioned shoot's marker. */
	get(shootId: string): Marker | undefined {
		return this.actioned.get(shootId);
	}

	/** When it was actioned, in ms since the epoch; `null` when it is not. */
	actionedAt(shootId: string): number | null {
		const marker = this.get(shootId);
		return marker ? actionedAt(marker) : null;
	}

	/** Its marker is shown, and not on the disk yet. */
	isSaving(shootId: string): boolean {
		return this.#pending.some((changes) => changes.has(shootId));
	}

	/** Loads an organization's markers; those of the one that is open already, once more. It never rejects. */
	async open(organizationUid: string): Promise<void> {
		if (organizationUid !== this.organization) {
			this.#pending = [];
			this.#hasMarked = false;
		}
		await this.#mirror.open(organizationUid);
	}

	/** Brings both copies to the newest, once a visit; for a moment when nobody waits. It never rejects. */
	async compare(): Promise<void> {
		const { organization } = this;
		const mended = await this.#mirror.compare();
		if (organization !== null && mended.length > 0) this.#tabs.tell({ organization, shootIds: mended });
	}

	/** Marks shoots as actioned, again perhaps. Shown at once; it never rejects. */
	async mark(handed: Handed[]): Promise<Saved> {
		const { organization } = this;
		const saved = await this.#act((uid) => toMark(uid, handed, this.#now()));
		if (saved.ok && organization === this.organization) {
			this.#hasMarked = true;
			void this.#ask();
		}
		return saved;
	}

	/** Takes markers away. Shown at once; it never rejects. */
	undo(shootIds: string[]): Promise<Saved> {
		return this.#act(() => toUndo(shootIds, this.#now()));
	}

	/** Changes the note on a shoot's marker; an empty one removes it. Shown at once; it never rejects. */
	setNote(shootId: string, note: string): Promise<Saved> {
		return this.#act(() => toNote(shootId, note, this.#now()));
	}

	/**
	 * Adds a backup's markers: of each shoot the newest state holds, and nothing is cleared. Those of other
	 * organizations are left out. It never rejects.
	 */
	async restore(markers: Marker[]): Promise<Saved> {
		const saved = await this.#act((organization) => toRestore(organization, markers));
		if (saved.ok) this.#mirror.recount();
		return saved;
	}

	/** Everything that a backup needs, the undone ones too, as it is on the disk. @throws StorageError */
	async all(): Promise<Marker[]> {
		return this.organization === null ? [] : loadAll(this.#store, this.organization);
	}

	/** The person knows about the loss. */
	forgive(): void {
		this.#mirror.forgive();
	}

	/** What is being written is still finished. */
	dispose(): void {
		this.#over.abort();
		this.#tabs.close();
		this.#mirror.dispose();
	}

	async #act(changeFor: (organization: string) => Change): Promise<Saved> {
		const { organization, state } = this;
		if (state.kind === 'read-only') return { ok: false, reason: state.reason };
		if (organization === null) return { ok: false, reason: NOT_OPEN };
		const change = changeFor(organization);
		const shown = previewChange(this.#all, change);
		this.#pending = [...this.#pending, shown];
		try {
			await this.#save(organization, change);
			return { ok: true };
		} catch (error) {
			// What it goes back to is what is on the disk, whatever this tab believes.
			if (canRead(error)) await this.#mirror.reread(organization, change.shootIds);
			else this.#mirror.fail(organization, error);
			return { ok: false, reason: sentenceOf(error) };
		} finally {
			this.#pending = this.#pending.filter((changes) => changes !== shown);
		}
	}

	/** On a full disk it is tried again for as long as something can make room. */
	async #save(organization: string, change: Change): Promise<void> {
		try {
			return await this.#write(organization, change);
		} catch (error) {
			if (!isStorageError(error, 'full') || !(await this.#makeRoom())) throw error;
		}
		await this.#save(organization, change);
	}

	async #write(organization: string, { shootIds, apply }: Change): Promise<void> {
		// Should the disk have lost one, the person has acted on the one in sight.
		const known = this.#mirror.map;
		const news = { organization, shootIds };
		const deletions = this.#deletions;
		let isAnnounced = false;
		const stored = await changeRecords(this.#store, organization, shootIds, (shootId, existing) => {
			// Whoever reads them now waits for this transaction, and follows even if this tab dies when it is through.
			if (!isAnnounced) this.#tabs.tell(news);
			isAnnounced = true;
			return apply(shootId, existing ?? known.get(shootId));
		});
		await this.#mirror.keep(stored);
		// What was just written may have gone with it.
		if (deletions !== this.#deletions) return this.#write(organization, { shootIds, apply });
		this.#mirror.take(organization, stored);
		this.#tabs.tell(news);
	}

	async #ask(): Promise<void> {
		if (this.#hasAsked) return;
		this.#hasAsked = true;
		this.#persistence = await askPersistence('persist');
	}

	/** A page that comes back says so twice. */
	async #wake(): Promise<void> {
		if (this.#isWaking) return;
		this.#isWaking = true;
		await this.#mirror.reload();
		this.#isWaking = false;
	}
}

/** A disk that takes nothing more can still be read. */
function canRead(error: unknown): boolean {
	return !isStorageError(error, 'refused') && !isStorageError(error, 'newer');
}
