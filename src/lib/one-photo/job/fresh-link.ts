import type { Backend } from '$lib/backend/client';
import { LARGEST_PAGE } from '$lib/backend/contract';
import type { Seen } from '$lib/backend/listing';
import { freshPhoto, orPhotoError } from '$lib/members/fresh-photo';
import type { SignedUrl } from '$lib/members/member';
import type { PhotoOrder } from '$lib/one-photo/contract';
import { PhotoError } from '$lib/photos/errors';

type Ordered = Pick<PhotoOrder, 'shootId' | 'photoId' | 'picture'>;

/**
 * Asks the backend for a fresh address of a photo whose link no longer works.
 *
 * @throws PhotoError when the photo is no longer what was on the screen; BackendError `unauthorized`
 */
export function freshLink(backend: Backend, order: Ordered, signal: AbortSignal): Promise<SignedUrl> {
	if (order.picture === 'original') return orPhotoError(() => freshOriginal(backend, order, signal));
	const changed = 'The member chose another favorite meanwhile. Reload the page to see it.';
	return freshPhoto(backend, order, order.picture, signal, changed);
}

/** There is no call for one photo: its page is looked for. */
async function freshOriginal(
	backend: Backend,
	{ shootId, photoId }: Ordered,
	signal: AbortSignal,
): Promise<SignedUrl> {
	const seen: Seen = new Set();
	for (let offset = 0; ;) {
		const page = await backend.photos(shootId, { limit: LARGEST_PAGE, offset }, signal, seen);
		const photo = page.items.find(({ id }) => id === photoId);
		if (photo) return { url: photo.urls.original || photo.urls.main, expiresAt: photo.expiresAt };
		if (!page.hasMore) throw new PhotoError('The photo was deleted meanwhile.');
		offset += page.rows;
	}
}
