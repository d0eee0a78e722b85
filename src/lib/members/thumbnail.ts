import { parsePhotoUrl } from '$lib/photos/photo-url';
import type { Favorite } from './member';

/** The address to show a favorite's thumbnail from; `null` when there is none that may be fetched. */
export function thumbnailUrl(favorite: Favorite | null): string | null {
	if (favorite === null) return null;
	try {
		return parsePhotoUrl(favorite.thumbnail.url, globalThis.location?.origin).href;
	} catch {
		// The card shows its placeholder; a download names the reason.
		return null;
	}
}
