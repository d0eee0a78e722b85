import type {
	DeliveryRecord,
	JobRecord,
	JournalRecord,
	MarkerRecord,
	SnapshotRecord,
} from '../../../src/lib/storage/schema.ts';

/** What the browser keeps, read past the page. */
export interface Kept {
	markers: MarkerRecord[];
	jobs: JobRecord[];
	journal: JournalRecord[];
	deliveries: DeliveryRecord[];
	snapshots: SnapshotRecord[];
	/** Names of the files that archives are in, sorted. */
	files: string[];
	/** Names of the locks that somebody has or waits for, sorted. */
	locks: string[];
}

/** Runs in the page, once it has made its database. */
export async function readKept(): Promise<Kept> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => resolve(opening.result);
	});
	const stores = ['markers', 'jobs', 'journal', 'deliveries', 'snapshots'] as const;
	const transaction = db.transaction([...stores]);
	const all = (store: string) =>
		new Promise<unknown[]>((resolve, reject) => {
			const reading = transaction.objectStore(store).getAll();
			reading.onsuccess = () => resolve(reading.result);
			reading.onerror = () => reject(reading.error);
		});
	const [markers, jobs, journal, deliveries, snapshots] = await Promise.all(stores.map(all));
	db.close();
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
	const files: string[] = [];
	for await (const name of folder.keys()) files.push(name);
	const { held = [], pending = [] } = await navigator.locks.query();
	const locks = [...held, ...pending].map(({ name }) => name!);
	return { markers, jobs, journal, deliveries, snapshots, files: files.sort(), locks: locks.sort() } as Kept;
}

/** Runs in the page: the markers alone, which are looked at after every action. */
export async function readMarkers(): Promise<MarkerRecord[]> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => resolve(opening.result);
	});
	const reading = db.transaction('markers').objectStore('markers').getAll();
	return new Promise((resolve, reject) => {
		reading.onsuccess = () => resolve(reading.result as MarkerRecord[]);
		reading.onerror = () => reject(reading.error);
		db.close();
	});
}

/** The members of an organization, as they are kept. */
export function rosterOf(snapshots: SnapshotRecord[], organization: string): unknown {
	return snapshots.find((one) => one.organization === organization)?.roster;
}

/** An organization's that can go on, the latest first. */
export function unfinishedJobs({ jobs, files }: Kept, organization: string): JobRecord[] {
	return jobs
		.filter((job) => job.organization === organization)
		.filter(({ id, finishedAt }) => finishedAt === null && files.includes(id))
		.sort((a, b) => b.startedAt - a.startedAt);
}
