import type { Backend } from '$lib/backend/client';
import { isBackendError } from '$lib/backend/errors';
import type { SignedUrl } from '$lib/members/member';
import type { PhotoOrder } from '$lib/one-photo/contract';
import { PhotoError } from '$lib/photos/errors';

/** The most that the backend gives at once. */
const PAGE = 200;

type Ordered = Pick<PhotoOrder, 'shootId' | 'photoId' | 'picture'>;

/**
 * Asks the backend for a fresh address of a photo whose link no longer works.
 *
 * @throws PhotoError when the photo is no longer what was on the screen; BackendError `unauthorized`
 */
export async function freshLink(backend: Backend, order: Ordered, signal: AbortSignal): Promise<SignedUrl> {
	try {
		if (order.picture === 'original') return await freshOriginal(backend, order, signal);
		if (order.picture === 'headshot') return await freshHeadshot(backend, order, signal);
		return await freshProfilePicture(backend, order, signal);
	} catch (error) {
		if (isBackendError(error, 'not-found')) {
			throw new PhotoError('The photo shoot was reset or deleted meanwhile.', { cause: error });
		}
		if (isBackendError(error) && error.code !== 'unauthorized') {
			throw new PhotoError(`Its link has expired, and there is no fresh one: ${error.message}`, {
				cause: error,
			});
		}
		throw error;
	}
}

async function freshHeadshot(
	backend: Backend,
	{ shootId, photoId }: Ordered,
	signal: AbortSignal,
): Promise<SignedUrl> {
	const photo = await backend.favoriteOf(shootId, signal);
	if (!photo) throw new PhotoError('The member has no favorite any more.');
	// Nobody should get another photo than the one that was on the screen.
	if (photo.id !== photoId) {
		throw new PhotoError('The member chose another favorite meanwhile. Reload the page to see it.');
	}
	return { url: photo.urls.main, expiresAt: photo.expiresAt };
}

async function freshProfilePicture(
	backend: Backend,
	order: Ordered,
	signal: AbortSignal,
): Promise<SignedUrl> {
	// It follows the favorite: another one's must not pass for this one's.
	await freshHeadshot(backend, order, signal);
	const picture = await backend.profilePictureOf(order.shootId, signal).catch((error: unknown) => {
		throw isBackendError(error, 'not-found')
			? new PhotoError('Its link has expired, and this backend gives no fresh one.', { cause: error })
			: error;
	});
	if (!picture) throw new PhotoError('The member has no profile picture any more.');
	return picture;
}

/** There is no call for one photo: its page is looked for. */
async function freshOriginal(
	backend: Backend,
	{ shootId, photoId }: Ordered,
	signal: AbortSignal,
): Promise<SignedUrl> {
	for (let offset = 0; ;) {
		const page = await backend.photos(shootId, { limit: PAGE, offset }, signal);
		const photo = page.items.find(({ id }) => id === photoId);
		if (photo) return { url: photo.urls.original || photo.urls.main, expiresAt: photo.expiresAt };
		offset += page.rows;
		if (!page.hasMore || page.rows === 0) throw new PhotoError('The photo was deleted meanwhile.');
	}
}
