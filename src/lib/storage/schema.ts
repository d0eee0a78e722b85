import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';

/** The database's name. */
export const DATABASE = 'headshot-admin';

/** The bucket in which the markers are kept a second time, and the name of the database in it. */
export const COPY = 'headshot-admin-copy';

/** A workflow marker on one finished photo shoot; `actioned/marker.ts` says what it means. */
export interface MarkerRecord {
	/** The organization's uid. */
	organization: string;
	/** The model's id. */
	shootId: string;
	/** Undo leaves a tombstone with its time, so that a merge knows which came last. */
	state: 'actioned' | 'undone';
	/** When anything of it changed last, so that the newest wins; ms since the epoch. */
	at: number;
	/**
	 * When it was actioned, ms since the epoch; left out where that is `at`. Versions of the page that know only `at` may
	 * be open in other tabs, and may read a backup: they drop this where they mark anew, and leave it otherwise.
	 */
	actionedAt?: number;
	/** The favorite that was handed over; `null` when there was none. */
	photoId: string | null;
	/** At most 500 characters; empty when there is none. */
	note: string;
	/** Whose shoot it is, for lists and backups that outlive it. */
	email: string | null;
	name: string | null;
}

/** An access link was sent to a member. */
export interface AccessLinkRecord {
	/** The organization's uid. */
	organization: string;
	/** The member's id. */
	member: string;
	/** ms since the epoch */
	at: number;
}

/** A favorite was handed over whole, in a verified archive. */
export interface DeliveryRecord {
	/** The organization's uid. */
	organization: string;
	/** The model's id. */
	shootId: string;
	photoId: string;
	/** Which profile picture went along; `null` when there was none. */
	picture: string | null;
	/** When; ms since the epoch. */
	at: number;
	/** The archive's file name. */
	archive: string;
}

/** A download whose archive is in a file, so that it can be continued. */
export interface JobRecord {
	/** Also the file's name. */
	id: string;
	/** The organization's uid. */
	organization: string;
	/** What was asked for, as plain data; the download knows its form. */
	request: unknown;
	/** ms since the epoch */
	startedAt: number;
	/** When its archive was handed over, ms since the epoch; `null` as long as it can be continued. */
	finishedAt: number | null;
	/** Members whose every file is safe, and all of them. */
	membersDone: number;
	membersTotal: number;
}

/** A file in a job's archive whose bytes are on the disk. */
export interface JournalRecord {
	/** The job's id. */
	job: string;
	/** In the archive. */
	path: string;
	/** Which picture it is: the same text for the same one. */
	identity: string;
	/** What the archive needs to prove it and to go on; the archive knows its form. */
	entry: unknown;
	/** What the archive's index tells of it, where it has one. */
	facts: unknown;
	/** Its place in the file, in bytes. */
	offset: number;
}

/** The members of an organization as they were seen last. */
export interface SnapshotRecord {
	/** Which backend told of them: its address, with what stands behind it where that is no dashboard. */
	apiBase: string;
	/** The organization's uid. */
	organization: string;
	/** When they were read from the backend; ms since the epoch. */
	savedAt: number;
	/** The form of `roster`; `offline/snapshot.ts` knows it. */
	version: number;
	roster: unknown;
}

/** Whose members a backend gave last. */
export interface LastOrganizationRecord {
	/** As a snapshot's. */
	apiBase: string;
	/** The organization's uid. */
	organization: string;
}

/** A small picture of a favorite. */
export interface ThumbnailRecord {
	/** The organization's uid. */
	organization: string;
	photoId: string;
	/** A JPEG. */
	bytes: Uint8Array<ArrayBuffer>;
}

/** What is to know of a thumbnail without reading it. */
export interface ThumbnailUseRecord {
	/** The organization's uid. */
	organization: string;
	photoId: string;
	/** In bytes. */
	size: number;
	/** When its picture was on the screen last; ms since the epoch. */
	seenAt: number;
}

/** What is kept in this browser's IndexedDB. */
export interface Schema extends DBSchema {
	markers: {
		key: [organization: string, shootId: string];
		value: MarkerRecord;
		indexes: { organization: string };
	};
	'access-links': { key: [organization: string, member: string]; value: AccessLinkRecord };
	jobs: { key: string; value: JobRecord; indexes: { organization: string } };
	journal: { key: [job: string, path: string]; value: JournalRecord; indexes: { job: string } };
	deliveries: {
		key: [organization: string, shootId: string];
		value: DeliveryRecord;
		indexes: { organization: string };
	};
	snapshots: {
		key: [apiBase: string, organization: string];
		value: SnapshotRecord;
		indexes: { savedAt: number };
	};
	'last-organizations': { key: string; value: LastOrganizationRecord };
	thumbnails: { key: [organization: string, photoId: string]; value: ThumbnailRecord };
	'thumbnail-uses': { key: [organization: string, photoId: string]; value: ThumbnailUseRecord };
}

export type StoreName = StoreNames<Schema>;

export type Step = (db: IDBPDatabase<Schema>) => void;

/**
 * Step n brings a database from version n to n + 1, so the version is the number of steps. A new store is a line in
 * `Schema` and one more step; a step that was shipped is never changed, since browsers out there have taken it.
 */
export const steps: Step[] = [
	(db) => {
		const markers = db.createObjectStore('markers', { keyPath: ['organization', 'shootId'] });
		markers.createIndex('organization', 'organization');
		db.createObjectStore('access-links', { keyPath: ['organization', 'member'] });
	},
	(db) => {
		const deliveries = db.createObjectStore('deliveries', { keyPath: ['organization', 'shootId'] });
		deliveries.createIndex('organization', 'organization');
	},
	(db) => {
		const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
		jobs.createIndex('organization', 'organization');
		const journal = db.createObjectStore('journal', { keyPath: ['job', 'path'] });
		journal.createIndex('job', 'job');
	},
	(db) => {
		const snapshots = db.createObjectStore('snapshots', { keyPath: ['apiBase', 'organization'] });
		snapshots.createIndex('savedAt', 'savedAt');
		db.createObjectStore('last-organizations', { keyPath: 'apiBase' });
		db.createObjectStore('thumbnails', { keyPath: ['organization', 'photoId'] });
		db.createObjectStore('thumbnail-uses', { keyPath: ['organization', 'photoId'] });
	},
];

/** The second copy's own: the store of the same name, as far as the copy needs it. */
export const copySteps: Step[] = [
	(db) => void db.createObjectStore('markers', { keyPath: ['organization', 'shootId'] }),
];
