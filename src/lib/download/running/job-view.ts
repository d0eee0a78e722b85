import {
	NOTHING_YET,
	type FileFailure,
	type FileKey,
	type JobOutcome,
	type JobProgress,
	type JobRequest,
	type Series,
} from '$lib/download/contract';
import type { DownloadOptions } from '$lib/download/options/options';

/** How fast a download is, as far as it can be believed just now. */
export interface Pacing {
	/** Bytes a second; `null` until it is known, and while the download stands still. */
	speed: number | null;
	/** Whole minutes until every photo is here, 0 for less than one; `null` until it is known. */
	minutes: number | null;
}

export const UNKNOWN_PACE: Readonly<Pacing> = { speed: null, minutes: null };

/** Whose photos a download is about: a team's, or the whole organization's; of those, perhaps only some. */
export interface Scope {
	team: { id: string; name: string } | null;
	/** Only these photo shoots. */
	shootIds?: string[];
	/** The organization's name, for what is written about it. */
	organization?: string;
	/** In which form the photos come out; the article's, unless told. */
	options?: DownloadOptions;
	/** The admin chooses a file first, and the archive is written there. */
	straightToDisk?: boolean;
}

/** What a job is to do. */
export interface Order {
	scope: Scope;
	/** Only these files, to try again what has failed. */
	files: FileKey[] | null;
	/** Which try at one archive's files it is, from 1: what failed is fetched again into an archive of its own. */
	round: number;
	/** Of a download in parts. */
	series?: Series;
	/** There may be no room for all of it. */
	whateverRoom?: boolean;
	/** Goes on with this one, which came to no end, where its file is still here. */
	interrupted?: JobRequest;
}

/** A download as the page sees it. */
export interface Job {
	/** Among the jobs of this session. */
	id: number;
	filename: string;
	scope: Scope;
	/** Which try it is, from 1: see `Order`. */
	round: number;
	/** The id of what stays here of it, should it be cut off; `null` before there is any. */
	keptAs: string | null;
	/** The part that comes after it, from 2, and how many there are; `null` when none does. */
	next: { part: number; of: number } | null;
	state:
		| { kind: 'running'; progress: JobProgress }
		/** Cancel was pressed, and the network is falling quiet. */
		| { kind: 'cancelling' }
		| { kind: 'finished'; outcome: JobOutcome };
	failures: FileFailure[];
	notes: string[];
	/** How fast it is, and how long it will take. */
	pace: Pacing;
	/** Told before the first photo when the job is large; a sentence. */
	warning: string | null;
}

/** What an interrupted job was about. @param teamName of its team, where it had one */
export function scopeOf({ teamId, shootIds, options, organization }: JobRequest, teamName: string): Scope {
	return {
		// A team that is gone meanwhile must not become everybody.
		team: teamId === null ? null : { id: teamId, name: teamName },
		options,
		...(shootIds && { shootIds }),
		...(organization !== null && { organization }),
	};
}

/** A job that has just been asked for. */
export function jobAtStart(id: number, order: Order, filename: string): Job {
	return {
		id,
		filename,
		scope: order.scope,
		round: order.round,
		keptAs: null,
		next: nextOf(order),
		state: { kind: 'running', progress: NOTHING_YET },
		failures: [],
		notes: [],
		pace: UNKNOWN_PACE,
		warning: null,
	};
}

/** What comes after a part. */
export function nextOf({ series }: Order): Job['next'] {
	if (!series || series.index + 1 >= series.parts.length) return null;
	return { part: series.index + 2, of: series.parts.length };
}
