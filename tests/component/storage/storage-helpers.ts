import { onTestFinished } from 'vitest';
import { Store, type StoreOptions } from '$lib/storage/store';

let databases = 0;

/** A database that no other test uses; deleted when the test has ended. */
export function freshName(): string {
	const name = `test-${Date.now()}-${databases++}`;
	onTestFinished(() => {
		indexedDB.deleteDatabase(name);
	});
	return name;
}

/** A store of a page of its own: what one keeps, another with the same name finds. */
export function openStore(name: string, options: StoreOptions = {}): Store {
	const store = new Store({ name, ...options });
	onTestFinished(() => store.dispose());
	return store;
}

/** Hands over every request to open a database, before the page hears of it. */
export function onOpening(see: (request: IDBOpenDBRequest) => void): void {
	const original = IDBFactory.prototype.open;
	IDBFactory.prototype.open = function (...args) {
		const request = original.apply(this, args);
		see(request);
		return request;
	};
	onTestFinished(() => {
		IDBFactory.prototype.open = original;
	});
}

/**
 * Makes `indexedDB.open` throw, as it does where a browser refuses storage.
 * @returns allows it again
 */
export function refuseToOpen(errorName: string): () => void {
	const original = IDBFactory.prototype.open;
	IDBFactory.prototype.open = () => {
		throw new DOMException('', errorName);
	};
	const allow = () => {
		IDBFactory.prototype.open = original;
	};
	onTestFinished(allow);
	return allow;
}

/** Every connection that the page makes from now on, the latest last. */
export function connections(): IDBDatabase[] {
	const list: IDBDatabase[] = [];
	onOpening((request) => request.addEventListener('success', () => list.push(request.result)));
	return list;
}

/** A connection as another program, or an older page, would hold it: it never lets go by itself. */
export function rawConnection(name: string, version: number, upgrade?: (db: IDBDatabase) => void) {
	return new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(name, version);
		request.onupgradeneeded = () => upgrade?.(request.result);
		request.onerror = () => reject(request.error);
		request.onblocked = () => reject(new Error('blocked'));
		request.onsuccess = () => {
			onTestFinished(() => request.result.close());
			resolve(request.result);
		};
	});
}
