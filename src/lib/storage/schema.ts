import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';

/** A workflow marker on one finished photo shoot; `actioned/marker.ts` says what it means. */
export interface MarkerRecord {
	/** The organization's uid. */
	organization: string;
	/** The model's id. */
	shootId: string;
	/** Undo leaves a tombstone with its time, so that a merge knows which came last. */
	state: 'actioned' | 'undone';
	/** When that happened; ms since the epoch. */
	at: number;
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

/** What is kept in this browser's IndexedDB. */
export interface Schema extends DBSchema {
	markers: {
		key: [organization: string, shootId: string];
		value: MarkerRecord;
		indexes: { organization: string };
	};
	'access-links': { key: [organization: string, member: string]; value: AccessLinkRecord };
	deliveries: {
		key: [organization: string, shootId: string];
		value: DeliveryRecord;
		indexes: { organization: string };
	};
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
];
