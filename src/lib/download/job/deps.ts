import type { Backend } from '$lib/backend/client';
import type { Photo, PhotoContext } from '$lib/photos/fetch-photo';
import type { ArchiveEntry, ArchiveWriter } from '$lib/zip/archive';
import type { FileResult } from './file-facts';
import type { Made } from './make-bytes';
import type { Pauser } from './pauser';
import type { FavoritePlan, PlannedFile } from './plan';
import type { ProgressReporter } from './reporter';
import type { SignInBarrier } from './sign-in';

/** What came of each file, by path; only where something in the archive tells of it. */
export type Results = Map<string, FileResult>;

/** Everything that a job touches; the worker gives the real things. */
export interface JobDeps {
	backend: Backend;
	photos: Omit<PhotoContext, 'onbytes'>;
	/** Photos under way at a time. */
	concurrency: number;
	signIn: SignInBarrier;
	pauser: Pauser;
	/** @throws PhotoError when this file can't be made */
	makeFile(photo: Photo, make: PlannedFile['make'], signal: AbortSignal): Promise<Made>;
	/** ms since the epoch */
	now(): number;
	/** An archive too large for memory goes into a file. */
	canSpool: boolean;
	/** Whether it is where the admin wanted it once it is whole. */
	inPlace: boolean;
	/** How many of `wanted` bytes an archive may have; `null` where nobody knows. Never rejects. */
	room(wanted: number): Promise<number | null>;
	/**
	 * The archive for what was planned; of a job that goes on, with what an earlier run has put in.
	 * @param results gets what is known of those files
	 */
	openArchive(favorites: FavoritePlan[], results: Results, signal: AbortSignal): Promise<ArchiveWriter>;
	/** Reads the archive back, and throws when it isn't what was put in. */
	verify(
		archive: Blob,
		writer: ArchiveWriter,
		signal: AbortSignal,
		onShare: (share: number) => void,
	): Promise<ArchiveEntry[]>;
	/** What an earlier run has left is of no use any more, or was handed over. Never rejects. */
	settle(how: 'handed-over' | 'discarded'): Promise<void>;
	reporter: ProgressReporter;
}
