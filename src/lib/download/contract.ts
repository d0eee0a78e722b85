/**
 * What crosses the worker's boundary in a download: plain, cloneable data. Imports nothing but such.
 */
import type { AskForToken } from '$lib/backend/token-port';
import type { NetLimits } from '$lib/net/limits';
import type { DownloadOptions } from './options/options';

/** What the admin asked for. */
export interface JobRequest {
	/** The job's own; also the name of its file, where it needs one. */
	id: string;
	/** The organization's uid; a job of none can't be continued. */
	organizationUid: string | null;
	/** Goes on with what an earlier run of the same job has left. */
	continues: boolean;
	/** Only this team's members; `null` for the whole organization. */
	teamId: string | null;
	/** Only these photo shoots; `null` for all of them. */
	shootIds: string[] | null;
	/** Only these files of theirs, to try again what has failed, or one of several parts; `null` for all of them. */
	files: WantedFile[] | null;
	/** Of a download in parts: what comes after this one. */
	series: Series | null;
	/** In which form the photos come out. */
	options: DownloadOptions;
	/** The admin knows that there may be no room for all of it, and wants it all the same. */
	whateverRoom: boolean;
	/** Whose photos they are, for the archive's README; `null` where nobody knows. */
	organization: string | null;
	/** `team-photos-YYYY-MM-DD.zip` */
	filename: string;
}

/** A shoot's favorite, as it was when it was planned. */
export interface FavoriteKey {
	/** The favorite's shoot (model) id. */
	shootId: string;
	photoId: string;
	/** Which profile picture goes along; `null` when there is none. */
	picture: string | null;
}

/** One file of one favorite, whatever its path is. */
export interface FileKey extends FavoriteKey {
	file: FileName;
}

/** A file that was asked for before; where it had failed, with whose it is. */
export type WantedFile = FileKey & Partial<Pick<FileFailure, 'member' | 'email'>>;

/** A favorite that was handed over whole: every file of it is in a verified archive. */
export interface Delivered extends FavoriteKey {
	/** Whose it is, for the marker: the page may not have heard of it yet. */
	email: string | null;
	member: string;
}

/** One download as several archives, one after the other. */
export interface Series {
	/** Which files each of them holds; of a job, only those that come after it. */
	parts: FileKey[][];
	/** Which it is, from 0. */
	index: number;
}

/** Why a running job is standing still just now. */
export type Waiting =
	| { for: 'network' }
	/** `until` in ms since the epoch: when the server asked to be called again. */
	| { for: 'server'; until: number }
	| { for: 'sign-in' }
	/** The admin pressed Pause. */
	| { for: 'you' };

export type JobPhase = 'listing' | 'fetching' | 'packing' | 'checking';

export interface JobProgress {
	phase: JobPhase;
	/** Members whose files are all settled (saved or failed), and how many there are. */
	membersDone: number;
	membersTotal: number;
	filesDone: number;
	filesTotal: number;
	/** Bytes fetched so far. */
	bytes: number;
	/** Share of the phases `packing` and `checking`, 0 to 1. */
	share: number;
	waiting: Waiting | null;
}

/** Where every job begins. */
export const NOTHING_YET: Readonly<JobProgress> = {
	phase: 'listing',
	membersDone: 0,
	membersTotal: 0,
	filesDone: 0,
	filesTotal: 0,
	bytes: 0,
	share: 0,
	waiting: null,
};

export type FileName = 'headshot.jpg' | 'pfp.jpg';

/** One file that is not in the archive. */
export interface FileFailure extends FileKey {
	/** Whom the person reading knows: the name, else the e-mail, else the title or the id. */
	member: string;
	email: string | null;
	/** A sentence for the person who reads it. */
	reason: string;
}

export type JobEvent =
	/**
	 * At most ten of these a second: where it is, and what came since the last one. A note is something worth knowing
	 * that is no failure, e.g. "has no profile picture".
	 */
	| { type: 'progress'; progress: JobProgress; failures: FileFailure[]; notes: string[] }
	/** Something to know before the first photo is fetched: the job is large for what this browser can hold. */
	| { type: 'warning'; warning: string };

/** What a finished job leaves; counts come from reading the archive back. */
export type JobOutcome =
	| {
			kind: 'saved';
			filename: string;
			/** The archive, already verified. */
			blob: Blob;
			/** The name of the private file that the archive is in; `null` when it is in none. */
			spool: string | null;
			/** It is where the admin wanted it: nothing is left to hand over. */
			inPlace: boolean;
			/** Files and bytes found in the archive. */
			entries: number;
			bytes: number;
			/** Members whose every file is in the archive, of all members with a favorite. */
			membersSaved: number;
			membersTotal: number;
			/** The favorites whose every file is in the archive. */
			delivered: Delivered[];
			failures: FileFailure[];
			/** A sentence for each item of the backend's answers that could not be read: somebody may be missing. */
			skipped: string[];
	  }
	/**
	 * It will hardly fit into what the browser has for it, so nothing was begun. `needed` and `free` in bytes; each of
	 * `parts` will fit.
	 */
	| { kind: 'no-room'; needed: number; free: number; parts: FileKey[][] }
	/** Nothing to put into an archive: no favorites, or every file failed. */
	| {
			kind: 'empty';
			membersTotal: number;
			failures: FileFailure[];
			skipped: string[];
			/** Why there was nothing to fetch, in a sentence; `null` when there was something. */
			reason: string | null;
	  }
	| { kind: 'cancelled' }
	/** The job as a whole could not go on; `reason` is a sentence for the person. Nothing was saved. */
	| { kind: 'failed'; reason: string; failures: FileFailure[] };

/** How the worker reaches the backend and how patient it is; the page's settings, as plain data. */
export interface JobSettings {
	/** Absolute URL. */
	apiBase: string;
	/** The page's own origin, for photos carried by the page's server. */
	origin: string;
	limits: NetLimits & {
		/** Photos under way at a time; browsers allow six connections a host. */
		concurrency: number;
		/** The largest archive in memory, in bytes; in a file it may have any size. */
		maxArchiveBytes: number;
		/** Past so many bytes an archive goes into a file, where the browser has such files. */
		memoryBytes: number;
		/** What a crash may cost of an archive in a file, in bytes, beside the photos under way. */
		flushBytes: number;
	};
}

/** What the worker offers: one job in its life. */
export interface DownloadApi {
	/**
	 * Runs the job; never rejects.
	 * @param getToken where the page has one: asks it for an access token
	 * @param place the file on the admin's disk that the archive is written to; `null`: the browser saves it in the end
	 */
	run(
		request: JobRequest,
		settings: JobSettings,
		emit: (event: JobEvent) => void,
		getToken: AskForToken | null,
		place: FileSystemFileHandle | null,
	): Promise<JobOutcome>;
	/** Stops the job; its outcome is `cancelled`. */
	cancel(): void;
	/** Lets the photos under way finish, and begins no other until `resume`. Once all photos are here, it does nothing. */
	pause(): void;
	resume(): void;
	/** The admin has signed in again: go on. */
	signedIn(): void;
	/** Answers, so that the page knows that the worker lives. */
	ping(): true;
}
