import type { FileFailure, FileKey, JobOutcome, JobProgress, JobRequest } from './contract';
import type { DownloadOptions } from './options';
import type { Pacing } from './pace';

/** Whose photos a download is about: a team's, or the whole organization's; of those, perhaps only some. */
export interface Scope {
	team: { id: string; name: string } | null;
	/** Only these photo shoots. */
	shootIds?: string[];
	/** The organization's name, for what is written about it. */
	organization?: string;
	/** In which form the photos come out; the article's, unless told. */
	options?: DownloadOptions;
}

/** What a job is to do. */
export interface Order {
	scope: Scope;
	/** Only these files, to try again what has failed. */
	files: FileKey[] | null;
	/** Which archive of one download it makes, from 1. */
	part: number;
	/** Goes on with this one, which was interrupted. */
	interrupted?: JobRequest;
}

/** A download as the page sees it. */
export interface Job {
	/** Among the jobs of this session. */
	id: number;
	filename: string;
	scope: Scope;
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

/** Also the name of a file. `randomUUID` needs a secure context, which http on a local network isn't. */
export function newId(): string {
	const random = crypto.getRandomValues(new Uint32Array(4));
	return `${Date.now().toString(36)}-${[...random].map((word) => word.toString(36)).join('')}`;
}
