import type { ThumbnailUseRecord } from '$lib/storage/schema';

/** All thumbnails together take no more than this, in bytes. */
export const THUMBNAIL_BYTES = 60_000_000;

/** Which thumbnails must go so that the others take at most `budget` bytes: the least recently seen first. */
export function toEvict(uses: readonly ThumbnailUseRecord[], budget = THUMBNAIL_BYTES): ThumbnailUseRecord[] {
	const latestFirst = [...uses].sort((a, b) => b.seenAt - a.seenAt);
	let sum = 0;
	return latestFirst.filter(({ size }) => (sum += size) > budget);
}
