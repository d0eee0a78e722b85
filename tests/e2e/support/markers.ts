import type { Page } from '@playwright/test';
import type { Marker } from '../../../src/lib/actioned/marker.ts';

/** What is on disk, read past the page, the undone ones too; in the order of the shoots' ids. */
export function markersOf(page: Page): Promise<Marker[]> {
	return page.evaluate(
		() =>
			new Promise<Marker[]>((resolve, reject) => {
				const opening = indexedDB.open('headshot-admin');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const db = opening.result;
					if (!db.objectStoreNames.contains('markers')) return resolve([]);
					const reading = db.transaction('markers').objectStore('markers').getAll();
					reading.onsuccess = () => {
						db.close();
						resolve(reading.result);
					};
				};
			}),
	);
}
