import { wrap, type IDBPDatabase } from 'idb';
import { openingError, StorageError } from './errors';
import type { Schema, Step } from './schema';

export type Database = IDBPDatabase<Schema>;

/** Why a connection has ended without being asked to. */
export type Closing =
	/** Another tab brings the database to a newer version. */
	| 'upgraded'
	/** Another tab deletes it, or this one does. */
	| 'deleted'
	/** The browser cut it off. */
	| 'terminated';

export interface OpenOptions {
	/** Where it is. */
	factory: () => Promise<IDBFactory>;
	/** The database's name. */
	name: string;
	/** What makes and upgrades it; their number is its version. */
	steps: Step[];
	/** How long opening may take, in ms: an older tab that doesn't let go, or a browser that doesn't answer. */
	patienceMs: number;
	/** The browser says that it lost what was in the database, and made an empty one. */
	ondataloss(): void;
	/** The connection has ended; it can't be used any more. */
	onclosed(why: Closing): void;
}

/**
 * Opens the page's database, and makes or upgrades it where needed.
 * @throws StorageError
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
	let isBlocked = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new StorageError(isBlocked ? 'blocked' : 'failed')), options.patienceMs);
	});
	const opening = request(options, () => (isBlocked = true));
	try {
		return await Promise.race([opening, late]);
	} catch (error) {
		// Whoever has waited for it is gone, and an open connection would only be in the way.
		opening.then(
			(db) => db.close(),
			() => {},
		);
		throw openingError(error);
	} finally {
		clearTimeout(timer);
	}
}

/** Async, so that what `open` throws at once is a rejection too. */
async function request(
	{ factory, name, steps, ondataloss, onclosed }: OpenOptions,
	onblocked: () => void,
): Promise<Database> {
	const opening = (await factory()).open(name, steps.length);
	opening.addEventListener('blocked', onblocked);
	opening.addEventListener('upgradeneeded', (event) => {
		// Chromium's own field: the database was damaged beyond repair, and this is a new one.
		if ('dataLoss' in event && event.dataLoss === 'total') ondataloss();
		const db = wrap(opening.result) as Database;
		for (const step of steps.slice(event.oldVersion)) step(db);
	});
	const db = (await wrap(opening)) as Database;
	db.addEventListener('close', () => onclosed('terminated'));
	db.addEventListener('versionchange', ({ newVersion }) => {
		// At once: another tab's upgrade waits for it. Transactions under way are still finished.
		db.close();
		onclosed(newVersion === null ? 'deleted' : 'upgraded');
	});
	return db;
}
