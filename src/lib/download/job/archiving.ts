import type { Store } from '$lib/storage/store';
import type { ArchiveWriter, PlacedEntry } from '$lib/zip/archive';
import { createArchive, createArchiveIn, resumeArchive } from '$lib/zip/open-archive';
import { openDiskFile } from '$lib/zip/disk-file';
import { canSpool, openSpool, roomFor } from '$lib/zip/spool';
import type { JobRequest, JobSettings } from '$lib/download/contract';
import type { JobDeps, Results } from './deps';
import { Journal } from './journal';
import type { FavoritePlan } from './plan';
import { heldInMemory } from './room';

type Archiving = Pick<JobDeps, 'canSpool' | 'inPlace' | 'room' | 'openArchive' | 'verify' | 'settle'>;

const NOT_NOW =
	'This download can’t go on here just now: the browser doesn’t let the page at its own file. What is here of it stays. Open the page again to go on, or start a new download.';

/**
 * What a job does with its archive: in the place that the admin chose, else in memory, or in a file with a journal.
 * @param onwarning told when there is no file after all where one was expected
 */
export async function archiving(
	request: JobRequest,
	limits: JobSettings['limits'],
	store: Store,
	place: FileSystemFileHandle | null,
	onwarning: (warning: string) => void,
): Promise<Archiving> {
	if (place) return inPlace(place);
	return { ...kept(request, limits, store, await canSpool(), onwarning), inPlace: false };
}

function inPlace(place: FileSystemFileHandle): Archiving {
	return {
		// Not a spool of ours, but no memory either.
		canSpool: true,
		inPlace: true,
		room: async () => null,
		openArchive: async () => createArchiveIn(await openDiskFile(place), { modified: new Date() }),
		verify,
		settle: async () => {},
	};
}

function kept(
	request: JobRequest,
	{ maxArchiveBytes, memoryBytes, flushBytes }: JobSettings['limits'],
	store: Store,
	spools: boolean,
	onwarning: (warning: string) => void,
): Omit<Archiving, 'inPlace'> {
	// Without a journal it can't be continued, but it can have any size all the same.
	const journal = request.organizationUid === null ? null : new Journal(store, request, Date.now);

	async function room(wanted: number): Promise<number | null> {
		if (!spools) return maxArchiveBytes;
		if (wanted <= memoryBytes) return wanted;
		const free = await roomFor(wanted).catch(() => null);
		return free === null ? null : Math.max(free, memoryBytes);
	}

	async function openArchive(
		favorites: FavoritePlan[],
		results: Results,
		signal: AbortSignal,
	): Promise<ArchiveWriter> {
		const spool = spools ? { open: () => openSpool(request.id) } : null;
		const options = {
			modified: new Date(),
			maxBytes: maxArchiveBytes,
			memoryBytes,
			flushBytes,
			spool,
			onnospool: (error: unknown) => {
				console.warn('The browser gives no file for this download after all.', error);
				onwarning(heldInMemory(favorites));
			},
			// The job goes on all the same; until the journal can be written, a later one could not go on from here.
			onflushed: async (entries: readonly PlacedEntry[]) => {
				await journal?.keep(entries, results).catch((error: unknown) => {
					console.warn('This download can’t be continued should it be interrupted.', error);
				});
			},
		};
		if (!request.continues) {
			await journal?.begin(favorites, new Set());
			return createArchive(options);
		}
		// Begun anew, it would forget what is here.
		if (!spool || !journal) throw new Error(NOT_NOW);
		const claims = await journal.claims(favorites);
		const { archive, held } = await resumeArchive(
			{ ...options, spool },
			claims.map(({ entry }) => entry),
			{ signal },
		);
		claims.slice(0, held.length).forEach(({ entry, facts }) => {
			if (facts) results.set(entry.path, { kind: 'saved', facts });
		});
		await journal.begin(favorites, new Set(held.map(({ path }) => path)));
		return archive;
	}

	return {
		canSpool: spools,
		room,
		openArchive,
		verify,
		settle: async (how) => {
			await journal?.settle(how).catch((error: unknown) => {
				console.warn('The journal of this download could not be closed.', error);
			});
		},
	};
}

function verify(...[blob, archive, signal, onShare]: Parameters<JobDeps['verify']>) {
	return archive.verify(blob, { signal, onShare });
}
