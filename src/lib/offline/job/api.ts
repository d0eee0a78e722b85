import { inPool } from '$lib/net/pool';
import { watched } from '$lib/net/watchdog';
import type { SeenPicture, ThumbnailsApi } from '$lib/offline/contract';
import { isStorageError } from '$lib/storage/errors';
import { Store } from '$lib/storage/store';
import { makeThumbnail } from './make-thumbnail';
import { THUMBNAIL_BYTES } from './budget';
import { addThumbnails, dropAllThumbnails, keptPhotos, type NewThumbnail } from './shelf';

/** So many pictures are made at a time: nobody waits for them. */
const AT_ONCE = 2;

export interface ThumbnailsLimits {
	/** All thumbnails together, in bytes. */
	budget?: number;
	/** A picture that takes longer is passed over, in ms: the browser has it, and others wait. */
	stallMs?: number;
}

/** Makes thumbnails. In the worker, or on the main thread where no worker may run. */
export function createThumbnailsApi({
	budget = THUMBNAIL_BYTES,
	stallMs = 30_000,
}: ThumbnailsLimits = {}): ThumbnailsApi {
	const stop = new AbortController();
	return {
		async keep(organization, pictures) {
			const store = new Store();
			try {
				const kept = await keptPhotos(store, organization);
				const made: NewThumbnail[] = [];
				const missing = pictures.filter(({ photoId }) => !kept.has(photoId));
				await inPool(missing, AT_ONCE, stop.signal, async (picture, signal) => {
					const bytes = await thumbnailOf(picture, signal, stallMs);
					if (bytes) made.push({ photoId: picture.photoId, bytes });
				});
				const seen = pictures.map(({ photoId }) => photoId);
				await addThumbnails(store, organization, made, seen, Date.now(), budget).catch(async (error) => {
					// Markers need the room more.
					if (isStorageError(error, 'full')) await dropAllThumbnails(store);
					throw error;
				});
			} finally {
				store.dispose();
			}
		},
		cancel: () => stop.abort(new DOMException('Nobody waits for thumbnails any more.', 'AbortError')),
		ping: () => true,
	};
}

/** `null` when it can't be made: there will be another time. */
async function thumbnailOf(
	{ url }: SeenPicture,
	signal: AbortSignal,
	stallMs: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
	try {
		const bytes = await watched(stallMs, signal, async (inner) => {
			const response = await fetch(url, {
				signal: inner,
				mode: 'cors',
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				// It has just been on the screen: the browser has it.
				cache: 'force-cache',
				priority: 'low',
			});
			return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
		});
		return bytes && (await makeThumbnail(bytes));
	} catch (error) {
		signal.throwIfAborted();
		console.debug('No thumbnail could be made.', error);
		return null;
	}
}
