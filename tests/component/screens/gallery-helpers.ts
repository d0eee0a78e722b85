import type { WirePhoto } from '$lib/backend/contract';
import { Gallery, type GallerySource } from '$lib/gallery/gallery.svelte';
import type { FinishedShoot } from '$lib/members/member';
import { onTestFinished } from 'vitest';

/** Any picture of the test's own server: no other kind of address is shown. */
export const picture = new URL('../../pictures/finished-light.webp', import.meta.url).href;

export function shoot(change: Partial<FinishedShoot> = {}): FinishedShoot {
	const link = { url: picture, expiresAt: null };
	return {
		id: 'ada',
		memberId: 'm',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		title: 'Analyst',
		team: { id: 't', name: 'Engines' },
		finishedAt: Date.UTC(2026, 10, 7, 12),
		favorite: {
			photoId: 'p2',
			headshot: link,
			thumbnail: link,
			profilePicture: { kind: 'rendered', ...link },
		},
		isTest: false,
		...change,
	};
}

export function photo(id: string, change: Partial<WirePhoto> = {}): WirePhoto {
	const urls = { main: `${picture}?main=${id}`, thumbnail: `${picture}?small=${id}` };
	return { id, status: 'active', likedStatus: 'none', createdAt: 0, urls, expiresAt: null, ...change };
}

/** `p0`, `p1` … */
export function photos(count: number): WirePhoto[] {
	return Array.from({ length: count }, (_, place) => photo(`p${place}`));
}

/** A gallery of these photos, whatever shoot it is. `errors` are thrown, one for each page asked for. */
export function galleryOf(
	all: WirePhoto[],
	errors: (Error | null)[] = [],
): { gallery: Gallery; asked: number[] } {
	const asked: number[] = [];
	const source: GallerySource = {
		async photos(_, { limit, offset }, signal) {
			asked.push(offset);
			const error = errors.shift();
			if (error) throw error;
			signal.throwIfAborted();
			const items = all.slice(offset, offset + limit);
			const hasMore = offset + limit < all.length;
			return { items, rows: items.length, total: all.length, hasMore };
		},
	};
	const gallery = new Gallery(source);
	onTestFinished(() => gallery.dispose());
	return { gallery, asked };
}
