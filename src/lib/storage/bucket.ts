/*
 * What Chromium keeps in a Storage Bucket has files of its own, so that damage to the site's other databases leaves it
 * alone. Firefox and Safari, which have no buckets, keep every database in its own files anyway.
 */

export function hasBuckets(): boolean {
	return navigator.storageBuckets !== undefined;
}

/** The bucket's databases; it is made where there is none. @throws DOMException, or TypeError without buckets */
export async function openBucket(name: string): Promise<IDBFactory> {
	return (await navigator.storageBuckets!.open(name, { durability: 'strict' })).indexedDB;
}

/** Takes the bucket away with all that is in it. @throws DOMException */
export async function deleteBucket(name: string): Promise<void> {
	await navigator.storageBuckets?.delete(name);
}
