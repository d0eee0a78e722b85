import { parsePhotoUrl } from '$lib/photos/photo-url';
import type { Favorite, SignedUrl } from './member';

/** The address to show a picture from; `null` when it is none that may be fetched. */
export function pictureHref({ url, expiresAt }: SignedUrl): string | null {
	// What was kept in this browser has no link.
	if (expiresAt === 0) return null;
	try {
		return parsePhotoUrl(url, globalThis.location?.origin).href;
	} catch {
		// A placeholder stands for it; a download names the reason.
		return null;
	}
}

/** The same of a favorite's thumbnail. */
export function thumbnailHref(favorite: Favorite | null): string | null {
	return favorite && pictureHref(favorite.thumbnail);
}
