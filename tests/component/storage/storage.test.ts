import { describe, expect, test, vi } from 'vitest';
import { isStorageError } from '$lib/storage/errors';
import { askPersistence } from '$lib/storage/persistence';
import { steps, type MarkerRecord } from '$lib/storage/schema';
import type { Store } from '$lib/storage/store';
import { connections, freshName, onOpening, openStore, rawConnection, refuseToOpen } from './storage-helpers';

function record(shootId: string): MarkerRecord {
	return {
		organization: 'acme',
		shootId,
		state: 'actioned',
		at: 1,
		photoId: null,
		note: '',
		email: null,
		name: null,
	};
}

const keep = (store: Store, shootId: string) =>
	store.write(['markers'], (transaction) => transaction.objectStore('markers').put(record(shootId)));

const kept = (store: Store) =>
	store.read(['markers'], async (transaction) => {
		const keys = await transaction.objectStore('markers').getAllKeys();
		return keys.map(([, shootId]) => shootId);
	});

describe('what is written', () => {
	test('is found by the next page', async () => {
		const name = freshName();
		await keep(openStore(name), 'a');
		expect(await kept(openStore(name))).toEqual(['a']);
	});

	test('is written strictly, and reported only after the transaction is complete', async () => {
		let complete = false;
		const original = IDBDatabase.prototype.transaction;
		const begin = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
			this: IDBDatabase,
			...args
		) {
			const transaction = original.apply(this, args);
			transaction.addEventListener('complete', () => (complete = true));
			return transaction;
		});
		await keep(openStore(freshName()), 'a');
		expect(complete).toBe(true);
		expect(begin).toHaveBeenCalledExactlyOnceWith(['markers'], 'readwrite', { durability: 'strict' });
		begin.mockRestore();
	});

	test('is nothing at all when the work fails, whose own error is passed on', async () => {
		const store = openStore(freshName());
		const work = store.write(['markers'], async (transaction) => {
			await transaction.objectStore('markers').put(record('a'));
			throw new TypeError('a mistake');
		});
		await expect(work).rejects.toThrow(TypeError);
		expect(await kept(store)).toEqual([]);
	});

	test('is nothing when the transaction ends by itself, and its reason is kept', async () => {
		const store = openStore(freshName());
		await keep(store, 'a');
		let runs = 0;
		const work = store.write(['markers'], async (transaction) => {
			runs += 1;
			const markers = transaction.objectStore('markers');
			// This one fails, takes the transaction along, and the next one with it.
			markers.add(record('a')).catch(() => {});
			await markers.put(record('b'));
		});
		const error = await work.catch((error: unknown) => error);
		expect(isStorageError(error, 'failed') && (error.cause as DOMException).name).toBe('ConstraintError');
		expect(runs).toBe(1);
		expect(await kept(store)).toEqual(['a']);
	});

	test('a full disk is said in a sentence', async () => {
		const store = openStore(freshName());
		const work = store.write(['markers'], async () => {
			throw new DOMException('', 'QuotaExceededError');
		});
		await expect(work).rejects.toThrow(/full. Free some space/);
		await expect(work).rejects.toSatisfy((error) => isStorageError(error, 'full'));
	});
});

describe('a connection that was lost', () => {
	test('closed while nobody looked: the write is repeated on a fresh one', async () => {
		const open = connections();
		const store = openStore(freshName());
		await keep(store, 'a');
		open[0]!.close();
		await keep(store, 'b');
		expect(await kept(store)).toEqual(['a', 'b']);
		expect(open).toHaveLength(2);
	});

	test('in the middle of a write: it is repeated, once', async () => {
		const store = openStore(freshName());
		let runs = 0;
		await store.write(['markers'], async (transaction) => {
			runs += 1;
			await transaction.objectStore('markers').put(record('a'));
			if (runs === 1) transaction.abort();
		});
		expect(runs).toBe(2);
		expect(await kept(store)).toEqual(['a']);
	});

	test('again and again: the write is reported as failed', async () => {
		const store = openStore(freshName());
		let runs = 0;
		const work = store.write(['markers'], async (transaction) => {
			runs += 1;
			await transaction.objectStore('markers').put(record('a'));
			transaction.abort();
		});
		await expect(work).rejects.toSatisfy((error) => isStorageError(error, 'failed'));
		expect(runs).toBe(2);
		expect(await kept(store)).toEqual([]);
	});

	test('cut off by the browser: told, and made anew at the next use', async () => {
		const open = connections();
		const store = openStore(freshName());
		const told = vi.fn();
		store.onclosed(told);
		await keep(store, 'a');
		open[0]!.close();
		open[0]!.dispatchEvent(new Event('close'));
		expect(told).toHaveBeenCalledExactlyOnceWith('terminated');
		expect(await kept(store)).toEqual(['a']);
		expect(open).toHaveLength(2);
	});
});

describe('given another tab with another version', () => {
	test('a newer one is not held up, and this page must be reloaded', async () => {
		const name = freshName();
		const store = openStore(name);
		const told = vi.fn();
		store.onclosed(told);
		await keep(store, 'a');
		await rawConnection(name, steps.length + 1);
		expect(told).toHaveBeenCalledExactlyOnceWith('upgraded');
		await expect(keep(store, 'b')).rejects.toThrow('A newer version of this page is open in another tab.');
		await expect(kept(store)).rejects.toSatisfy((error) => isStorageError(error, 'newer'));
	});

	test('an older one that does not let go: it gives up, says so, and goes on when it has let go', async () => {
		const name = freshName();
		const older = await rawConnection(name, 1, (db) => db.createObjectStore('old'));
		const store = openStore(name, { patienceMs: 500, steps: [() => {}, ...steps] });
		await expect(keep(store, 'a')).rejects.toThrow('Another tab has an older version of this page open.');
		older.close();
		await keep(store, 'b');
		expect(await kept(store)).toEqual(['b']);
	});

	test('an upgrade keeps what there is', async () => {
		const name = freshName();
		const old = openStore(name);
		await keep(old, 'a');
		const next = openStore(name, {
			steps: [...steps, (db) => db.createObjectStore('a store of later' as never)],
		});
		expect(await kept(next)).toEqual(['a']);
	});
});

describe('a browser that refuses', () => {
	test.each(['SecurityError', 'InvalidStateError'])('%s: the page may keep nothing', async (name) => {
		refuseToOpen(name);
		await expect(keep(openStore(freshName()), 'a')).rejects.toThrow(/does not let the page keep anything/);
	});

	test('for a while: the next use tries again', async () => {
		const allow = refuseToOpen('SecurityError');
		const store = openStore(freshName());
		await expect(keep(store, 'a')).rejects.toSatisfy((error) => isStorageError(error, 'refused'));
		allow();
		await keep(store, 'a');
		expect(await kept(store)).toEqual(['a']);
	});
});

test('a browser that has lost everything says so once it is asked for it', async () => {
	onOpening((request) =>
		request.addEventListener('upgradeneeded', (event) =>
			Object.defineProperty(event, 'dataLoss', { value: 'total' }),
		),
	);
	const store = openStore(freshName());
	expect(store.dataLoss).toBe(false);
	await keep(store, 'a');
	expect(store.dataLoss).toBe(true);
});

test('disposed, it lets go of the database and takes nothing more', async () => {
	const open = connections();
	const store = openStore(freshName());
	await keep(store, 'a');
	store.dispose();
	await vi.waitFor(() => expect(() => open[0]!.transaction('markers')).toThrow());
	await expect(keep(store, 'b')).rejects.toSatisfy(isStorageError);
});

describe('asked to keep it', () => {
	test.each<[unknown, string]>([
		[async () => true, 'persisted'],
		[async () => false, 'may-be-wiped'],
		[
			async () => {
				throw new TypeError();
			},
			'unknown',
		],
	])('%o: %s', async (answers, answer) => {
		for (const question of ['persist', 'persisted'] as const) {
			const asked = vi
				.spyOn(StorageManager.prototype, question)
				.mockImplementation(answers as () => Promise<boolean>);
			expect(await askPersistence(question)).toBe(answer);
			asked.mockRestore();
		}
	});
});
