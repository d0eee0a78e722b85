import type { Backend } from '$lib/backend/client';
import { isBackendError } from '$lib/backend/errors';
import type { SignedUrl } from '$lib/members/member';
import { PhotoError } from '$lib/photos/errors';
import type { FavoritePlan, PhotoTask } from './plan';

/**
 * Asks the backend for a fresh address of a photo whose link no longer works.
 *
 * @throws PhotoError when the member's favorite is no longer what was planned; BackendError `unauthorized`
 */
export async function freshUrl(
	backend: Backend,
	favorite: FavoritePlan,
	photo: PhotoTask['photo'],
	signal: AbortSignal,
): Promise<SignedUrl> {
	try {
		return photo === 'headshot'
			? await freshHeadshot(backend, favorite, signal)
			: await freshProfilePicture(backend, favorite, signal);
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
	{ shootId, photoId }: FavoritePlan,
	signal: AbortSignal,
): Promise<SignedUrl> {
	const photo = await backend.favoriteOf(shootId, signal);
	if (!photo) throw new PhotoError('The member has no favorite any more.');
	// The two files of a folder must show the same photo.
	if (photo.id !== photoId) throw new PhotoError('The member chose another favorite meanwhile.');
	return { url: photo.urls.main, expiresAt: photo.expiresAt };
}

async function freshProfilePicture(
	backend: Backend,
	favorite: FavoritePlan,
	signal: AbortSignal,
): Promise<SignedUrl> {
	// It follows the favorite: another one's must not stand beside this headshot.
	await freshHeadshot(backend, favorite, signal);
	const picture = await backend.profilePictureOf(favorite.shootId, signal).catch((error: unknown) => {
		throw isBackendError(error, 'not-found')
			? new PhotoError('Its link has expired, and this backend gives no fresh one.', { cause: error })
			: error;
	});
	if (!picture) throw new PhotoError('The member has no profile picture any more.');
	return picture;
}
