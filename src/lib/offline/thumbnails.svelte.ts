import { SvelteMap } from 'svelte/reactivity';
import { thumbnailHref } from '$lib/members/links';
import type { FinishedShoot } from '$lib/members/member';
import type { Store } from '$lib/storage/store';
import type { Spawned } from '$lib/worker/spawn';
import { spawnLater } from '$lib/worker/spawn-later';
import type { SeenPicture, ThumbnailsApi } from './contract';
import address from './job/thumbnails.worker?worker&url';

export interface ThumbnailsOptions {
	/** Belongs to whoever made it, and is not disposed here. */
	store: Store;
	/** Whether anything is kept at all, asked anew each time. */
	isOn(): boolean;
	/** Whether pictures can't be had from the photo host. */
	isOffline(): boolean;
	/** Whether something more important needs the network and the processor. */
	isBusy(): boolean;
	/** How long pictures that were loaded wait for more of them, in ms. */
	patienceMs?: number;
}

/** So many are in memory at most; a screen shows a few dozen. */
const MOST = 600;

/** Small pictures of one organization's favorites, as this browser keeps them. Where it can't, there are none. */
export class Thumbnails {
	#options: Required<ThumbnailsOptions>;
	#organization = '';
	/** Object URLs by photo. */
	#urls = new SvelteMap<string, string>();
	/** Photos that were looked for, and those that are about to be. */
	#asked = new Set<string>();
	#wanted: string[] = [];
	/** Pictures that were seen since the page was opened, and those of them that are to be kept. */
	#known = new Set<string>();
	#seen: SeenPicture[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Those that are being made just now. */
	#batch: readonly SeenPicture[] | null = null;
	#worker: Spawned<ThumbnailsApi> | null = null;
	#isDisposed = false;
	/** This page gets no worker, and need not try again. */
	#isBarred = false;

	constructor(options: ThumbnailsOptions) {
		this.#options = { patienceMs: 2_000, ...options };
	}

	/** Whose favorites they are from now on. */
	open(organization: string): void {
		if (organization === this.#organization) return;
		this.clear();
		this.#organization = organization;
	}

	/** The address of a favorite's thumbnail in this browser. It comes a moment later when it was not asked for before. */
	of({ favorite }: FinishedShoot): string | null {
		if (favorite === null) return null;
		const { photoId, thumbnail } = favorite;
		const url = this.#urls.get(photoId);
		// What the photo host shows needs no stand-in.
		if (url === undefined && (thumbnail.url === '' || this.#options.isOffline())) this.#ask(photoId);
		return url ?? null;
	}

	/** A favorite's picture has loaded: it is kept for when there is no network. */
	seen({ favorite }: FinishedShoot): void {
		const url = thumbnailHref(favorite);
		if (favorite === null || url === null || this.#known.has(favorite.photoId)) return;
		this.#known.add(favorite.photoId);
		this.#seen.push({ photoId: favorite.photoId, url });
		this.#keepLater(this.#options.patienceMs);
	}

	/** Forgets what is in memory, and stops making more. */
	clear(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#worker?.end();
		this.#worker = null;
		this.#batch = null;
		for (const url of this.#urls.values()) URL.revokeObjectURL(url);
		this.#urls.clear();
		this.#asked.clear();
		this.#known.clear();
		this.#seen = [];
		this.#wanted = [];
	}

	dispose(): void {
		this.#isDisposed = true;
		this.clear();
	}

	#ask(photoId: string): void {
		if (this.#asked.has(photoId)) return;
		this.#asked.add(photoId);
		// All that a screen asks for are read at once.
		if (this.#wanted.push(photoId) === 1) queueMicrotask(() => void this.#read());
	}

	async #read(): Promise<void> {
		const organization = this.#organization;
		const wanted = this.#wanted;
		this.#wanted = [];
		try {
			const found = await this.#options.store.read(['thumbnails'], (transaction) =>
				Promise.all(
					wanted.map((photoId) => transaction.objectStore('thumbnails').get([organization, photoId])),
				),
			);
			if (organization !== this.#organization || this.#isDisposed) return;
			for (const record of found) if (record) this.#show(record.photoId, record.bytes);
		} catch (error) {
			console.warn('Thumbnails can’t be read.', error);
		}
	}

	#show(photoId: string, bytes: Uint8Array<ArrayBuffer>): void {
		for (const [oldest, url] of this.#urls) {
			if (this.#urls.size < MOST) break;
			URL.revokeObjectURL(url);
			this.#urls.delete(oldest);
			this.#asked.delete(oldest);
		}
		this.#urls.set(photoId, URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })));
	}

	/** One batch after the other: its thumbnails are written at its end, and a worker that is ended takes them along. */
	#keepLater(ms: number): void {
		if (this.#isDisposed || this.#batch !== null) return;
		this.#timer ??= setTimeout(() => void this.#keep(), ms);
	}

	/** Never rejects. */
	async #keep(): Promise<void> {
		this.#timer = undefined;
		const { isOn, isBusy, patienceMs } = this.#options;
		if (isBusy()) return this.#keepLater(2 * patienceMs);
		const pictures = this.#seen;
		this.#seen = [];
		if (!isOn() || this.#isBarred) return;
		this.#batch = pictures;
		const isOver = () => this.#batch !== pictures;
		try {
			await this.#make(pictures, isOver);
		} catch (error) {
			if (isOver()) return;
			console.info('Thumbnails are not kept for the next visit.', error);
			// When they are seen again, they have another chance.
			for (const { photoId } of pictures) this.#known.delete(photoId);
		}
		if (isOver()) return;
		this.#worker?.end();
		this.#worker = null;
		this.#batch = null;
		if (this.#seen.length > 0) this.#keepLater(patienceMs);
	}

	/** @param isOver nobody waits for them any more */
	async #make(pictures: SeenPicture[], isOver: () => boolean): Promise<void> {
		const worker = await spawnLater<ThumbnailsApi>(address, () => {
			// They are not worth the main thread's time.
			this.#isBarred = true;
			return Promise.reject(new Error('There is no worker.'));
		});
		if (isOver() || !this.#options.isOn()) return worker.end();
		this.#worker = worker;
		await Promise.race([worker.api.keep(this.#organization, pictures), worker.lost]);
		// Another tab may have switched it off meanwhile.
		const { isOn, store } = this.#options;
		if (!isOn()) await (await import('./job/shelf')).dropAllThumbnails(store);
	}
}
