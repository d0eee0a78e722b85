/*
 * Questions to the page and its browser. Each runs in the page, and knows nothing but its arguments.
 */

export function widthsOf(): { page: number; window: number } {
	const wide = [document.documentElement, ...document.querySelectorAll('main')];
	return { page: Math.max(...wide.map((one) => one.scrollWidth)), window: innerWidth };
}

/** Bytes of each file that the page has in this browser's private storage. */
export async function privateFiles(): Promise<number[]> {
	try {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle('headshot-admin');
		const sizes: number[] = [];
		for await (const entry of folder.values()) {
			if (entry.kind === 'file') sizes.push((await (entry as FileSystemFileHandle).getFile()).size);
		}
		return sizes;
	} catch {
		// This browser has no such files, or not for this page.
		return [];
	}
}

/** Whether the page could open without a network now: itself, its members and their pictures. */
export async function isKept(): Promise<boolean> {
	const registration = await navigator.serviceWorker.getRegistration();
	if (registration?.active?.state !== 'activated') return false;
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => resolve(opening.result);
	});
	const count = (store: string) =>
		new Promise<number>((resolve) => {
			const counting = db.transaction(store).objectStore(store).count();
			counting.onsuccess = () => resolve(counting.result);
		});
	const counts = [await count('snapshots'), await count('thumbnails')];
	db.close();
	return counts.every((one) => one > 0);
}
