import type { Store } from '$lib/storage/store';
import { createArchive, resumeArchive, type ArchiveWriter, type PlacedEntry } from '$lib/zip/archive';
import { canSpool, openSpool } from '$lib/zip/spool';
import type { JobRequest, JobSettings } from '$lib/download/contract';
import type { JobDeps, Results } from './deps';
import { Journal } from './journal';
import type { FavoritePlan } from './plan';

type Archiving = Pick<JobDeps, 'canSpool' | 'openArchive' | 'verify' | 'settle'>;

/** What a job does with its archive: in memory, or in a file with a journal beside it. */
export function archiving(
	request: JobRequest,
	{ maxArchiveBytes, memoryBytes, flushBytes }: JobSettings['limits'],
	store: Store,
): Archiving {
	const spools = canSpool();
	// Without a journal it can't be continued, but it can have any size all the same.
	const journal = request.organizationUid === null ? null : new Journal(store, request, Date.now);

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
			// Without a journal the job goes on all the same; only a later one could not go on from here.
			onflushed: async (entries: readonly PlacedEntry[]) => {
				await journal?.keep(entries, results).catch((error: unknown) => {
					console.warn('This download can’t be continued should it be interrupted.', error);
				});
			},
		};
		if (!request.continues || !spool || !journal) {
			await journal?.begin(favorites, new Set());
			return createArchive(options);
		}
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
		openArchive,
		verify: (blob, archive, signal, onShare) => archive.verify(blob, { signal, onShare }),
		settle: async (how) => {
			await journal?.settle(how).catch((error: unknown) => {
				console.warn('The journal of this download could not be closed.', error);
			});
		},
	};
}
