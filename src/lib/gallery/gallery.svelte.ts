import { untrack } from 'svelte';
import type { WirePhoto } from '$lib/backend/contract';
import { isBackendError, sentenceOf } from '$lib/backend/errors';
import type { Seen } from '$lib/backend/listing';
import type { Favorite, FinishedShoot } from '$lib/members/member';
import { arranged, galleryPhoto, renewed, type GalleryPhoto } from './photos';

/** Where the gallery gets its pages; the backend's client is one. */
export interface GallerySource {
	photos(
		shootId: string,
		page: { limit: number; offset: number },
		signal: AbortSignal,
		seen?: Seen,
	): Promise<{ items: WirePhoto[]; rows: number; total: number | null; hasMore: boolean }>;
}

export type GalleryState =
	| { kind: 'loading' }
	| { kind: 'ready' }
	/** The shoot has no photo. */
	| { kind: 'empty' }
	/** `reason` is a sentence for the person. */
	| { kind: 'failed'; reason: string }
	| { kind: 'signed-out' }
	/** The shoot was reset or deleted. */
	| { kind: 'gone' };

/** What there is behind the photos that are loaded. */
export type More =
	{ kind: 'none' } | { kind: 'waiting' } | { kind: 'loading' } | { kind: 'failed'; reason: string };

interface Page {
	offset: number;
	/** How many rows were asked for. */
	limit: number;
	photos: GalleryPhoto[];
	/** When its links were asked for, ms since the epoch. */
	askedAt: number;
}

const PAGE = 60;
/** A page's links are renewed at most so often, in ms. */
const RENEW_EVERY = 60_000;

const SIGNED_OUT = 'You are signed out. Sign in to HeadshotPro in another tab, then try again.';

/** The photos of one shoot, page by page. */
export class Gallery {
	#source: GallerySource;
	#life = new AbortController();
	#shootId: string | null = null;
	/** Rows that were read so far, deleted ones among them. */
	#rows = 0;
	/** Photos that moved to another page while they were read are shown once. */
	#seen: Seen = new Set();
	#favorite = $state.raw<Favorite | null>(null);
	#pages = $state.raw<readonly Page[]>([]);
	#state = $state.raw<GalleryState>({ kind: 'loading' });
	#more = $state.raw<More>({ kind: 'none' });
	#total = $state<number | null>(null);

	constructor(source: GallerySource) {
		this.#source = source;
	}

	get state(): GalleryState {
		return this.#state;
	}

	get more(): More {
		return this.#more;
	}

	/** What is loaded, the favorite first. */
	readonly photos: readonly GalleryPhoto[] = $derived.by(() =>
		arranged(
			this.#pages.flatMap((page) => page.photos),
			this.#favorite,
			this.#more.kind === 'none',
		),
	);

	/** How many there are in all; `null` when the backend doesn't say and not all are loaded. */
	readonly count: number | null = $derived.by(() => {
		if (this.#more.kind === 'none') return this.photos.length;
		return this.#total === null ? null : Math.max(this.#total, this.photos.length);
	});

	/** Shows this shoot, and loads it unless it is the one that is shown. */
	show(shoot: Pick<FinishedShoot, 'id' | 'favorite'>): void {
		untrack(() => {
			this.#favorite = shoot.favorite;
			if (this.#shootId === shoot.id) return;
			this.#shootId = shoot.id;
			void this.load();
		});
	}

	/** Loads the shoot from the start. */
	async load(): Promise<void> {
		this.#abort();
		this.#pages = [];
		this.#rows = 0;
		this.#seen = new Set();
		this.#total = null;
		this.#state = { kind: 'loading' };
		this.#more = { kind: 'waiting' };
		await this.loadMore();
	}

	/** Loads the next page; does nothing while one is loading, or when there is none. */
	async loadMore(): Promise<void> {
		if (this.#more.kind === 'none' || this.#more.kind === 'loading') return;
		this.#more = { kind: 'loading' };
		const { signal } = this.#life;
		try {
			const hasMore = await this.#append(signal);
			this.#more = { kind: hasMore ? 'waiting' : 'none' };
			this.#state = { kind: this.photos.length === 0 ? 'empty' : 'ready' };
		} catch (error) {
			if (signal.aborted) return;
			this.#fail(error);
		}
	}

	/** A picture of this photo did not load, and its link has run out: asks for fresh ones, for its whole page. */
	async renew({ id }: Pick<GalleryPhoto, 'id'>): Promise<void> {
		const page = this.#pages.find(({ photos }) => photos.some((photo) => photo.id === id));
		// Both ways, so that a clock that was set back doesn't bar them for as long.
		if (!page || Math.abs(Date.now() - page.askedAt) < RENEW_EVERY) return;
		page.askedAt = Date.now();
		const { signal } = this.#life;
		try {
			const { photos } = await this.#read(page, signal);
			signal.throwIfAborted();
			this.#pages = this.#pages.map((one) => ({ ...one, photos: renewed(one.photos, photos) }));
		} catch (error) {
			if (signal.aborted) return;
			if (isBackendError(error, 'not-found')) this.#state = { kind: 'gone' };
			// Otherwise the pictures stay as they are, and the next one that fails asks again after a while.
			else console.error(error);
		}
	}

	dispose(): void {
		this.#life.abort();
	}

	#abort(): void {
		this.#life.abort();
		this.#life = new AbortController();
	}

	/** Reads on until there is something to show. Tells whether there are more. */
	async #append(signal: AbortSignal): Promise<boolean> {
		for (;;) {
			const page = { offset: this.#rows, limit: PAGE, askedAt: Date.now() };
			const { photos, rows, total, hasMore } = await this.#read(page, signal, this.#seen);
			signal.throwIfAborted();
			this.#rows += rows;
			this.#total = total;
			this.#pages = [...this.#pages, { ...page, photos }];
			if (!hasMore) return false;
			if (photos.length > 0) return true;
		}
	}

	async #read({ offset, limit }: Pick<Page, 'offset' | 'limit'>, signal: AbortSignal, seen?: Seen) {
		const { items, rows, total, hasMore } = await this.#source.photos(
			this.#shootId ?? '',
			{ limit, offset },
			signal,
			seen,
		);
		return { photos: items.flatMap((item) => galleryPhoto(item) ?? []), rows, total, hasMore };
	}

	#fail(error: unknown): void {
		const isFirst = this.#pages.length === 0;
		if (isBackendError(error, 'not-found')) this.#state = { kind: 'gone' };
		else if (isFirst && isBackendError(error, 'unauthorized')) this.#state = { kind: 'signed-out' };
		else if (isFirst) this.#state = { kind: 'failed', reason: sentenceOf(error) };
		const reason = isBackendError(error, 'unauthorized') ? SIGNED_OUT : sentenceOf(error);
		this.#more = isFirst ? { kind: 'none' } : { kind: 'failed', reason };
	}
}
