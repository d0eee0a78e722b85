import type { JobRecord } from '$lib/storage/schema';
import type { Store } from '$lib/storage/store';
import { deleteSpool, deleteUnusedSpools, listSpools } from '$lib/zip/spool-files';
import { isInUse } from '$lib/zip/spool-lock';
import type { JobRequest } from './contract';
import { COPYING_MS } from './handed-over';
import { parseOptions } from './options-schema';

/** A download that was interrupted and can go on. */
export interface UnfinishedJob {
	request: JobRequest;
	/** ms since the epoch */
	startedAt: number;
	/** Members whose every file is here already, and all of them. */
	membersDone: number;
	membersTotal: number;
}

/** The downloads of an organization that were interrupted in this browser, and the files that nobody needs any more. */
export class Unfinished {
	#store: Store;
	#now: () => number;
	#organization: string | null = null;
	#jobs = $state.raw<readonly UnfinishedJob[]>([]);

	constructor(store: Store, now: () => number = Date.now) {
		this.#store = store;
		this.#now = now;
	}

	/** The latest that can go on; `null` when none was interrupted. */
	get latest(): UnfinishedJob | null {
		return this.#jobs[0] ?? null;
	}

	/** Looks for an organization's, and takes away files that nobody needs. Never rejects. */
	async open(organization: string): Promise<void> {
		if (organization !== this.#organization) this.#jobs = [];
		this.#organization = organization;
		await this.refresh();
	}

	/** Looks again: a job has ended, here or elsewhere. Never rejects. */
	async refresh(): Promise<void> {
		const organization = this.#organization;
		if (organization === null) return;
		try {
			const records = await this.#store.read(['jobs'], (transaction) =>
				transaction.objectStore('jobs').getAll(),
			);
			await this.#tidy(records);
			const files = new Set(await listSpools());
			const found: UnfinishedJob[] = [];
			for (const record of records.sort((a, b) => b.startedAt - a.startedAt)) {
				const request = readRequest(record);
				if (!request || record.organization !== organization || record.finishedAt !== null) continue;
				if (!files.has(record.id) || (await isInUse(record.id))) continue;
				const { startedAt, membersDone, membersTotal } = record;
				found.push({ request, startedAt, membersDone, membersTotal });
			}
			if (organization === this.#organization) this.#jobs = found;
		} catch (error) {
			console.warn('Whether a download was interrupted is not known.', error);
		}
	}

	/** Forgets it, with what it has fetched. Never rejects. */
	async discard({ request: { id } }: UnfinishedJob): Promise<void> {
		this.#jobs = this.#jobs.filter(({ request }) => request.id !== id);
		try {
			// First the file: what is left of a half-done deletion is then taken away at the next start.
			if (await deleteSpool(id)) await this.#forget([id]);
		} catch (error) {
			console.warn('An interrupted download could not be deleted.', error);
		}
	}

	/** Every organization's: a file says nothing of whose it is. */
	async #tidy(records: readonly JobRecord[]): Promise<void> {
		const over = records.filter(
			({ finishedAt }) => finishedAt !== null && Math.abs(this.#now() - finishedAt) > COPYING_MS,
		);
		const needed = new Set(records.filter((record) => !over.includes(record)).map(({ id }) => id));
		const gone = new Set(await deleteUnusedSpools(needed));
		const files = new Set(await listSpools());
		await this.#forget(over.map(({ id }) => id).filter((id) => gone.has(id) || !files.has(id)));
	}

	async #forget(ids: readonly string[]): Promise<void> {
		if (ids.length === 0) return;
		await this.#store.write(['jobs', 'journal'], async (transaction) => {
			const journal = transaction.objectStore('journal');
			for (const id of ids) {
				const keys = await journal.index('job').getAllKeys(id);
				await Promise.all([
					...keys.map((key) => journal.delete(key)),
					transaction.objectStore('jobs').delete(id),
				]);
			}
		});
	}
}

/** What another version of the page has written may be of another form: such a job can't go on. */
function readRequest({ id, request }: JobRecord): JobRequest | null {
	if (typeof request !== 'object' || request === null) return null;
	const found = request as JobRequest;
	const options = parseOptions(found.options);
	if (found.id !== id || options === null || typeof found.filename !== 'string') return null;
	return { ...found, options, continues: true };
}
