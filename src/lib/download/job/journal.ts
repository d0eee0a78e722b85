import type { JobRecord, JournalRecord } from '$lib/storage/schema';
import type { Store } from '$lib/storage/store';
import type { PlacedEntry } from '$lib/zip/archive';
import type { JobRequest } from '$lib/download/contract';
import type { Results } from './deps';
import type { FileFacts } from './file-facts';
import type { FavoritePlan, PhotoTask, PlannedFile } from './plan';

/**
 * What of a job's archive is proven to be on the disk, so that the next run goes on from there: for each file which
 * picture it is, and where its bytes are. Written after the bytes were flushed, in batches.
 */
export class Journal {
	readonly #store: Store;
	readonly #request: JobRequest;
	readonly #now: () => number;
	readonly #startedAt: number;
	/** Which picture each planned path is, and whose. */
	#plan = new Map<string, { identity: string; memberKey: string }>();
	/** The paths that each member still lacks. */
	#open = new Map<string, Set<string>>();
	/** On the disk, but not written down yet. */
	#owed: PlacedEntry[] = [];
	#membersDone = 0;

	constructor(store: Store, request: JobRequest, now: () => number) {
		this.#store = store;
		this.#request = request;
		this.#now = now;
		this.#startedAt = now();
	}

	/**
	 * What the journal of an earlier run claims of these files, in the order of the file, up to the first that nobody
	 * wants any more: a favorite that was changed since.
	 */
	async claims(
		favorites: readonly FavoritePlan[],
	): Promise<{ entry: PlacedEntry; facts: FileFacts | null }[]> {
		this.#setPlan(favorites);
		const all = await this.#store.read(['journal'], (transaction) =>
			transaction.objectStore('journal').index('job').getAll(this.#request.id),
		);
		all.sort((a, b) => a.offset - b.offset);
		const unwanted = all.findIndex(({ path, identity }) => this.#plan.get(path)?.identity !== identity);
		const wanted = unwanted < 0 ? all : all.slice(0, unwanted);
		return wanted.map(({ entry, facts }) => ({
			entry: entry as PlacedEntry,
			facts: facts as FileFacts | null,
		}));
	}

	/** Begins anew behind these paths: what else it claimed is forgotten. */
	async begin(favorites: readonly FavoritePlan[], held: ReadonlySet<string>): Promise<void> {
		this.#setPlan(favorites);
		for (const path of held) this.#settle(path);
		if (!this.#request.continues) return;
		await this.#store.write(['journal'], async (transaction) => {
			const journal = transaction.objectStore('journal');
			const keys = await journal.index('job').getAllKeys(this.#request.id);
			await Promise.all(keys.filter(([, path]) => !held.has(path)).map((key) => journal.delete(key)));
		});
	}

	/** These are on the disk. What can't be written down goes along with the next: a gap would end the next run's proof. */
	async keep(entries: readonly PlacedEntry[], results: Results): Promise<void> {
		for (const { path } of entries) this.#settle(path);
		this.#owed.push(...entries);
		const records = this.#owed.map((entry): JournalRecord => {
			const result = results.get(entry.path);
			return {
				job: this.#request.id,
				path: entry.path,
				identity: this.#plan.get(entry.path)?.identity ?? '',
				entry,
				facts: result?.kind === 'saved' ? result.facts : null,
				offset: entry.offset,
			};
		});
		await this.#store.write(['jobs', 'journal'], async (transaction) => {
			const journal = transaction.objectStore('journal');
			await Promise.all(records.map((record) => journal.put(record)));
			const jobs = transaction.objectStore('jobs');
			await jobs.put(this.#record(await jobs.get(this.#request.id), null));
		});
		this.#owed = [];
	}

	/** The archive was handed over, and its file goes at a later start; or it is of no use any more. */
	async settle(how: 'handed-over' | 'discarded'): Promise<void> {
		await this.#store.write(['jobs', 'journal'], async (transaction) => {
			const journal = transaction.objectStore('journal');
			const keys = await journal.index('job').getAllKeys(this.#request.id);
			await Promise.all(keys.map((key) => journal.delete(key)));
			const jobs = transaction.objectStore('jobs');
			if (how === 'discarded') await jobs.delete(this.#request.id);
			else {
				const before = await jobs.get(this.#request.id);
				if (before) await jobs.put(this.#record(before, this.#now()));
			}
		});
	}

	/** @param before what is kept of it: a job that goes on has begun long ago */
	#record(before: JobRecord | undefined, finishedAt: number | null): JobRecord {
		const { id, organizationUid } = this.#request;
		return {
			id,
			organization: organizationUid ?? '',
			request: this.#request,
			startedAt: before?.startedAt ?? this.#startedAt,
			finishedAt,
			membersDone: this.#membersDone,
			membersTotal: this.#open.size,
		};
	}

	#setPlan(favorites: readonly FavoritePlan[]): void {
		this.#plan = new Map();
		this.#open = new Map();
		this.#membersDone = 0;
		for (const favorite of favorites) {
			const { memberKey } = favorite;
			for (const task of favorite.tasks) {
				for (const file of task.files) {
					this.#plan.set(file.path, { identity: identityOf(favorite, task, file), memberKey });
					this.#open.set(memberKey, (this.#open.get(memberKey) ?? new Set()).add(file.path));
				}
			}
		}
	}

	#settle(path: string): void {
		const memberKey = this.#plan.get(path)?.memberKey;
		if (memberKey === undefined) return;
		const left = this.#open.get(memberKey)!;
		if (left.delete(path) && left.size === 0) this.#membersDone++;
	}
}

/** The same for the same picture in the same form, whatever its link is: a newer page may make another of a preset. */
function identityOf(
	{ shootId, photoId, picture }: FavoritePlan,
	{ photo }: PhotoTask,
	{ make }: PlannedFile,
): string {
	const which = photo === 'headshot' ? [shootId, photoId] : [shootId, photoId, picture];
	return JSON.stringify(make === 'jpeg' ? which : [...which, make]);
}
