import type { Backend } from '$lib/backend/client';
import { isBackendError, wantsSignIn } from '$lib/backend/errors';
import { PhotoError } from '$lib/photos/errors';
import type { SignedUrl } from './member';

/** Which photo somebody has planned, or has on the screen. */
export interface KnownFavorite {
	shootId: string;
	photoId: string;
}

/**
 * Asks the backend for a fresh address of a favorite, or of its profile picture, whose link no longer works.
 *
 * @param changed what to say when the member has chosen another one meanwhile: nobody should get that instead
 * @throws PhotoError when the favorite is no longer the known one; BackendError that `wantsSignIn`
 */
export function freshPhoto(
	backend: Backend,
	favorite: KnownFavorite,
	photo: 'headshot' | 'profile-picture',
	signal: AbortSignal,
	changed = 'The member chose another favorite meanwhile.',
): Promise<SignedUrl> {
	return orPhotoError(async () => {
		const headshot = await freshHeadshot(backend, favorite, signal, changed);
		// A profile picture follows the favorite: another one's must not pass for this one's.
		return photo === 'headshot' ? headshot : await freshProfilePicture(backend, favorite, signal);
	});
}

/** Asks the backend for a fresh link; what it refuses becomes a sentence about the photo. @throws as `freshPhoto` */
export async function orPhotoError(ask: () => Promise<SignedUrl>): Promise<SignedUrl> {
	try {
		return await ask();
	} catch (error) {
		if (isBackendError(error, 'not-found')) {
			throw new PhotoError('The photo shoot was reset or deleted meanwhile.', { cause: error });
		}
		if (isBackendError(error) && !wantsSignIn(error)) {
			throw new PhotoError(`Its link has expired, and there is no fresh one: ${error.message}`, {
				cause: error,
			});
		}
		throw error;
	}
}

async function freshHeadshot(
	backend: Backend,
	{ shootId, photoId }: KnownFavorite,
	signal: AbortSignal,
	changed: string,
): Promise<SignedUrl> {
	const photo = await backend.favoriteOf(shootId, signal);
	if (!photo) throw new PhotoError('The member has no favorite any more.');
	if (photo.id !== photoId) throw new PhotoError(changed);
	return { url: photo.urls.main, expiresAt: photo.expiresAt };
}

async function freshProfilePicture(
	backend: Backend,
	{ shootId }: KnownFavorite,
	signal: AbortSignal,
): Promise<SignedUrl> {
	const picture = await backend.profilePictureOf(shootId, signal).catch((error: unknown) => {
		throw isBackendError(error, 'not-found')
			? new PhotoError('Its link has expired, and this backend gives no fresh one.', { cause: error })
			: error;
	});
	if (!picture) throw new PhotoError('The member has no profile picture any more.');
	return picture;
}
