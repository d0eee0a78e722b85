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
	/** The second copy of the markers. */
	copies: MarkerRecord[];
	jobs: JobRecord[];
	journal: JournalRecord[];
	deliveries: DeliveryRecord[];
	snapshots: SnapshotRecord[];
	/** Names of the files that archives are in, sorted. */
	files: string[];
	/** Names of the locks that somebody has or waits for, sorted. */
	locks: string[];
}

/** Runs in the page, once it has made its databases. */
export async function readKept(): Promise<Kept> {
	async function read(factory: IDBFactory, name: string, stores: string[]): Promise<unknown[][]> {
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = factory.open(name);
			opening.onerror = () => reject(opening.error);
			opening.onsuccess = () => resolve(opening.result);
		});
		const transaction = db.transaction(stores);
		const all = (store: string) =>
			new Promise<unknown[]>((resolve, reject) => {
				const reading = transaction.objectStore(store).getAll();
				reading.onsuccess = () => resolve(reading.result);
				reading.onerror = () => reject(reading.error);
			});
		const found = await Promise.all(stores.map(all));
		db.close();
		return found;
	}
	const stores = ['markers', 'jobs', 'journal', 'deliveries', 'snapshots'];
	const [markers, jobs, journal, deliveries, snapshots] = await read(indexedDB, 'headshot-admin', stores);
	const copy = 'headshot-admin-copy';
	const hasCopy = (await navigator.storageBuckets!.keys()).includes(copy);
	const bucket = hasCopy ? (await navigator.storageBuckets!.open(copy)).indexedDB : null;
	const hasDatabase = bucket !== null && (await bucket.databases()).length > 0;
	const [copies = []] = hasDatabase ? await read(bucket, copy, ['markers']) : [];
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
	const files: string[] = [];
	for await (const name of folder.keys()) files.push(name);
	const { held = [], pending = [] } = await navigator.locks.query();
	const locks = [...held, ...pending].map(({ name }) => name!);
	return {
		markers,
		copies,
		jobs,
		journal,
		deliveries,
		snapshots,
		files: files.sort(),
		locks: locks.sort(),
	} as Kept;
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

/** A finished photo shoot, as far as it is looked at. */
export interface KeptShoot {
	id: string;
	favorite: { photoId: string } | null;
}

/** The finished photo shoots of an organization, as they are kept: in texts of some hundred each. `null` when they are not. */
export function keptShoots(snapshots: SnapshotRecord[], organization: string): KeptShoot[] | null {
	const kept = snapshots.find((one) => one.organization === organization);
	if (!kept) return null;
	return (kept.roster as { shoots: string[] }).shoots.flatMap((text) => JSON.parse(text) as KeptShoot[]);
}

/** An organization's that can go on, the latest first. */
export function unfinishedJobs({ jobs, files }: Kept, organization: string): JobRecord[] {
	return jobs
		.filter((job) => job.organization === organization)
		.filter(({ id, finishedAt }) => finishedAt === null && files.includes(id))
		.sort((a, b) => b.startedAt - a.startedAt);
}
