import type { Page } from '@playwright/test';

/** All that the page has left in the browser, as text: databases, caches, private files, storage, cookies, history. */
export function keptTexts(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
		const texts = [
			JSON.stringify([localStorage, sessionStorage, document.cookie, location.href, history.state]),
		];
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		async function readDatabases(factory: IDBFactory): Promise<void> {
			for (const { name = '' } of await factory.databases()) {
				const db = await answer(factory.open(name));
				for (const storeName of db.objectStoreNames) {
					const store = db.transaction(storeName).objectStore(storeName);
					const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
					texts.push(
						JSON.stringify([name, storeName, keys, values], (_, value: unknown) =>
							value instanceof Uint8Array ? latin1(value) : value,
						),
					);
				}
				db.close();
			}
		}
		await readDatabases(indexedDB);
		for (const name of await navigator.storageBuckets!.keys())
			await readDatabases((await navigator.storageBuckets!.open(name)).indexedDB);
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				const response = (await cache.match(request))!;
				texts.push(JSON.stringify([name, request.url, ...request.headers, ...response.headers]));
				texts.push(latin1(new Uint8Array(await response.arrayBuffer())));
			}
		}
		async function readFiles(folder: FileSystemDirectoryHandle): Promise<void> {
			for await (const [name, handle] of folder) {
				texts.push(name);
				if (handle.kind === 'directory') await readFiles(handle as FileSystemDirectoryHandle);
				else {
					const file = await (handle as FileSystemFileHandle).getFile();
					texts.push(latin1(new Uint8Array(await file.arrayBuffer())));
				}
			}
		}
		await readFiles(await navigator.storage.getDirectory());
		return texts;
	});
}
