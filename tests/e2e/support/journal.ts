/** Runs in the page: what the journal says is safe, as `countPhotos` calls it. */
export function journaled(): Promise<string[]> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			const reading = db.transaction('journal').objectStore('journal').getAll();
			reading.onsuccess = () => {
				db.close();
				const records = reading.result as { path: string; identity: string }[];
				resolve(
					records.map(({ path, identity }) => {
						const [shootId] = JSON.parse(identity) as string[];
						return `${shootId} ${path.endsWith('pfp.jpg') ? 'pfp' : 'headshot'}`;
					}),
				);
			};
		};
	});
}
