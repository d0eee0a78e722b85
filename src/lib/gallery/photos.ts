import type { WirePhoto } from '$lib/backend/contract';
import type { Favorite, SignedUrl } from '$lib/members/member';

/** One headshot of a shoot. */
export interface GalleryPhoto {
	id: string;
	/** What the member said of it. */
	liked: 'none' | 'liked' | 'loved';
	isFavorite: boolean;
	/** A small picture for lists; the headshot itself where the backend has none. */
	thumbnail: SignedUrl;
	main: SignedUrl;
	/** The largest there is. */
	original: SignedUrl;
}

/** A photo as the backend's list has it; `null` for one that was deleted. */
export function galleryPhoto({ id, status, likedStatus, urls, expiresAt }: WirePhoto): GalleryPhoto | null {
	if (status === 'deleted') return null;
	const signed = (url: string): SignedUrl => ({ url, expiresAt });
	return {
		id,
		liked: likedStatus,
		isFavorite: false,
		thumbnail: signed(urls.thumbnail || urls.main),
		main: signed(urls.main),
		original: signed(urls.original || urls.main),
	};
}

/**
 * The order on the screen: the favorite first and marked, then as the backend lists them.
 * @param complete whether `photos` are all there are; until then a favorite that has not come yet stands for itself
 */
export function arranged(
	photos: readonly GalleryPhoto[],
	favorite: Favorite | null,
	complete: boolean,
): GalleryPhoto[] {
	if (!favorite) return [...photos];
	const listed = photos.find(({ id }) => id === favorite.photoId);
	const others = photos.filter((photo) => photo !== listed);
	if (listed) return [{ ...listed, isFavorite: true }, ...others];
	return complete || photos.length === 0 ? others : [standingIn(favorite), ...others];
}

function standingIn({ photoId, thumbnail, headshot }: Favorite): GalleryPhoto {
	return {
		id: photoId,
		liked: 'none',
		isFavorite: true,
		thumbnail,
		main: headshot,
		original: headshot,
	};
}

/** The same photos, with the links of `fresh` where it has them. */
export function renewed(photos: readonly GalleryPhoto[], fresh: readonly GalleryPhoto[]): GalleryPhoto[] {
	const byId = new Map(fresh.map((photo) => [photo.id, photo]));
	return photos.map((photo) => byId.get(photo.id) ?? photo);
}
