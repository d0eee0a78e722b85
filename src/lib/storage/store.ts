import type { IDBPTransaction } from 'idb';
import { openDatabase, type Closing, type Database, type OpenOptions } from './db';
import { isLostConnection, StorageError, transactionError } from './errors';
import { DATABASE, steps, type Schema, type StoreName } from './schema';

export type ReadTransaction<Name extends StoreName> = IDBPTransaction<Schema, Name[], 'readonly'>;
export type WriteTransaction<Name extends StoreName> = IDBPTransaction<Schema, Name[], 'readwrite'>;

export interface StoreOptions {
	/** Where the database is; among the site's own unless told. */
	factory?: OpenOptions['factory'];
	/** The database's name. */
	name?: string;
	/** How long opening it may take, in ms. */
	patienceMs?: number;
	/** What makes and upgrades it. */
	steps?: OpenOptions['steps'];
}

/**
 * This browser's storage. It connects when it is first used, and again after the connection was closed or lost.
 */
export class Store {
	#options: Required<StoreOptions>;
	#connection: Promise<Database> | null = null;
	#listeners = new Set<(why: Closing) => void>();
	#dataLoss = false;
	#disposed = false;

	constructor(options: StoreOptions = {}) {
		this.#options = {
			factory: async () => indexedDB,
			name: DATABASE,
			patienceMs: 10_000,
			steps,
			...options,
		};
	}

	/** The browser told, since this page was loaded, that it lost everything. */
	get dataLoss(): boolean {
		return this.#dataLoss;
	}

	/**
	 * Told when the connection has ended by itself; the next use makes a new one.
	 * @returns stops it
	 */
	onclosed(listener: (why: Closing) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/**
	 * Runs `work` in a transaction that only reads. It is run once more when the connection was lost.
	 * @throws StorageError
	 */
	read<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: ReadTransaction<Name>) => Promise<T>,
	): Promise<T> {
		return this.#tryTwice((db) => finish(db.transaction(stores, 'readonly'), work));
	}

	/**
	 * Runs `work` in a transaction that writes, and resolves only once everything is on the disk.
	 * @param work awaits nothing but this transaction, and may be run twice: when the connection was lost, nothing of
	 * the first run was kept
	 * @throws StorageError, or what `work` threw; then nothing was written
	 */
	write<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: WriteTransaction<Name>) => Promise<T>,
	): Promise<T> {
		return this.#tryTwice((db) =>
			finish(db.transaction(stores, 'readwrite', { durability: 'strict' }), work),
		);
	}

	/** Closes the connection. What is under way is still finished. */
	dispose(): void {
		this.#disposed = true;
		this.#listeners.clear();
		this.#connection?.then(
			(db) => db.close(),
			() => {},
		);
		this.#connection = null;
	}

	async #tryTwice<T>(attempt: (db: Database) => Promise<T>): Promise<T> {
		const first = this.#connect();
		try {
			return await attempt(await first);
		} catch (error) {
			if (!isLostConnection(error)) throw told(error);
			this.#forget(first);
		}
		const second = this.#connect();
		try {
			return await attempt(await second);
		} catch (error) {
			if (isLostConnection(error)) this.#forget(second);
			throw told(error);
		}
	}

	#connect(): Promise<Database> {
		if (this.#disposed) return Promise.reject(new StorageError('failed'));
		if (this.#connection) return this.#connection;
		const connection: Promise<Database> = openDatabase({
			...this.#options,
			ondataloss: () => (this.#dataLoss = true),
			onclosed: (why) => {
				if (this.#connection === connection) this.#connection = null;
				for (const listener of this.#listeners) listener(why);
			},
		});
		this.#connection = connection;
		// One that failed is not kept: the next use tries again.
		connection.catch(() => this.#forget(connection));
		return connection;
	}

	/** The next use makes a new connection, unless another one has already been made. */
	#forget(connection: Promise<Database>): void {
		if (this.#connection !== connection) return;
		this.#connection = null;
		connection.then(
			(db) => db.close(),
			() => {},
		);
	}
}

/** Runs the work and waits for the transaction's `complete`; work that failed leaves nothing behind. */
async function finish<T, Transaction extends Ending>(
	transaction: Transaction,
	work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
	// Whoever waits for the work hears of it; a rejection that nobody handles would be a second report.
	transaction.done.catch(() => {});
	let result: T;
	try {
		result = await work(transaction);
	} catch (error) {
		// One that had already ended by itself knows better why than the requests that it took along.
		throw abort(transaction) ? error : (transaction.error ?? error);
	}
	await transaction.done;
	return result;
}

/** What of a transaction is used to end it. */
interface Ending {
	done: Promise<void>;
	error: DOMException | null;
	abort(): void;
}

/** @returns false when it was over already */
function abort(transaction: Ending): boolean {
	try {
		transaction.abort();
		return true;
	} catch {
		return false;
	}
}

/** The browser's own errors as ours; what the work threw stays what it is. */
function told(error: unknown): unknown {
	return error instanceof DOMException ? transactionError(error) : error;
}
