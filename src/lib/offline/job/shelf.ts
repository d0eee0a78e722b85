import { isStale } from '$lib/offline/snapshot';
import type { Store } from '$lib/storage/store';
import { toEvict } from './budget';

/** A thumbnail that was just made. */
export interface NewThumbnail {
	photoId: string;
	bytes: Uint8Array<ArrayBuffer>;
}

/** The photos of an organization that have a thumbnail. @throws StorageError */
export async function keptPhotos(store: Store, organization: string): Promise<Set<string>> {
	const whole = IDBKeyRange.bound([organization], [organization, []]);
	const keys = await store.read(['thumbnail-uses'], (transaction) =>
		transaction.objectStore('thumbnail-uses').getAllKeys(whole),
	);
	return new Set(keys.map(([, photoId]) => photoId));
}

/**
 * Keeps thumbnails, remembers which were seen, and drops what is over the budget or was not seen for too long, of any
 * organization.
 * @param seen photos by id; those without a thumbnail are passed over
 * @param now ms since the epoch
 * @throws StorageError
 */
export async function addThumbnails(
	store: Store,
	organization: string,
	made: readonly NewThumbnail[],
	seen: readonly string[],
	now: number,
	budget: number,
): Promise<void> {
	await store.write(['thumbnails', 'thumbnail-uses'], async (transaction) => {
		const thumbnails = transaction.objectStore('thumbnails');
		const uses = transaction.objectStore('thumbnail-uses');
		await Promise.all(
			made.flatMap(({ photoId, bytes }) => [
				thumbnails.put({ organization, photoId, bytes }),
				uses.put({ organization, photoId, size: bytes.length, seenAt: now }),
			]),
		);
		const wanted = new Set(seen);
		const all = (await uses.getAll()).map((use) =>
			use.organization === organization && wanted.has(use.photoId) ? { ...use, seenAt: now } : use,
		);
		const fresh = all.filter((use) => !isStale(use.seenAt, now));
		const gone = new Set([...all.filter((use) => isStale(use.seenAt, now)), ...toEvict(fresh, budget)]);
		await Promise.all([
			...all.filter((use) => use.seenAt === now && !gone.has(use)).map((use) => uses.put(use)),
			...[...gone].flatMap(({ organization: whose, photoId }) => [
				thumbnails.delete([whose, photoId]),
				uses.delete([whose, photoId]),
			]),
		]);
	});
}

/** Returns whether there was any. @throws StorageError */
export function dropAllThumbnails(store: Store): Promise<boolean> {
	return store.write(['thumbnails', 'thumbnail-uses'], async (transaction) => {
		const [count] = await Promise.all([
			transaction.objectStore('thumbnails').count(),
			transaction.objectStore('thumbnails').clear(),
			transaction.objectStore('thumbnail-uses').clear(),
		]);
		return count > 0;
	});
}
