import type { JobRecord } from '$lib/storage/schema';
import type { Store } from '$lib/storage/store';
import { deleteSpool, deleteUnusedSpools, listSpools } from '$lib/zip/spool-files';
import { isInUse } from '$lib/zip/spool-lock';
import type { JobRequest } from '$lib/download/contract';
import { COPYING_MS } from './handed-over';
import { parseOptions } from '$lib/download/options/options-schema';

/**
 * So long after it began, a download can be continued, in ms. Longer, nobody's photos stay in files that an admin who has
 * left, or works for another organization now, would never be shown; and what another version of the page has left may
 * be of use to a newer one until then.
 */
const UNFINISHED_MS = 30 * 24 * 60 * 60_000;

/** A download that was interrupted and can go on. */
export interface UnfinishedJob {
	request: JobRequest;
	/** ms since the epoch */
	startedAt: number;
	/** Members whose every file is here already, and all of them. */
	membersDone: number;
	membersTotal: number;
}

/** The downloads of an organization that were interrupted, the latest first. Takes away files that nobody needs. */
export async function findInterrupted(
	store: Store,
	organization: string,
	now: number,
): Promise<UnfinishedJob[]> {
	const records = await readJobs(store);
	await tidy(store, records, now);
	const files = new Set(await listSpools());
	const found: UnfinishedJob[] = [];
	for (const record of records.sort((a, b) => b.startedAt - a.startedAt)) {
		const request = readRequest(record);
		if (!request || record.organization !== organization || record.finishedAt !== null) continue;
		if (!files.has(record.id) || (await isInUse(record.id))) continue;
		const { startedAt, membersDone, membersTotal } = record;
		found.push({ request, startedAt, membersDone, membersTotal });
	}
	return found;
}

/** Forgets one, with what it has fetched. */
export async function discardInterrupted(store: Store, id: string): Promise<void> {
	// First the file: what is left of a half-done deletion is then taken away at the next start.
	if (await deleteSpool(id)) await forget(store, [id]);
}

/** Takes away every archive that was handed over, and that nobody uses. Returns whether there was any. */
export async function deleteHandedOver(store: Store): Promise<boolean> {
	const records = await readJobs(store);
	const canGoOn = records.filter(({ finishedAt }) => finishedAt === null).map(({ id }) => id);
	return (await deleteUnusedSpools(new Set(canGoOn))).length > 0;
}

/** Takes away what is here of interrupted downloads, whosever they are. Returns whether there was any. */
export async function deleteInterrupted(): Promise<boolean> {
	return (await deleteUnusedSpools(new Set())).length > 0;
}

function readJobs(store: Store): Promise<JobRecord[]> {
	return store.read(['jobs'], (transaction) => transaction.objectStore('jobs').getAll());
}

/** Every organization's: a file says nothing of whose it is. */
async function tidy(store: Store, records: readonly JobRecord[], now: number): Promise<void> {
	const over = records.filter((record) => isOver(record, now));
	const needed = new Set(records.filter((record) => !over.includes(record)).map(({ id }) => id));
	const gone = new Set(await deleteUnusedSpools(needed));
	const files = new Set(await listSpools());
	const lost = records.filter(({ id, finishedAt }) => finishedAt === null && !files.has(id));
	// Whoever is at work on one has its file, or is just making it.
	const used = await Promise.all(lost.map(({ id }) => isInUse(id)));
	await forget(store, [
		...over.map(({ id }) => id).filter((id) => gone.has(id) || !files.has(id)),
		...lost.map(({ id }) => id).filter((_, index) => !used[index]),
	]);
}

/** Its file is of use to nobody any more. */
function isOver({ startedAt, finishedAt }: JobRecord, now: number): boolean {
	if (finishedAt !== null) return Math.abs(now - finishedAt) > COPYING_MS;
	return Math.abs(now - startedAt) > UNFINISHED_MS;
}

async function forget(store: Store, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await store.write(['jobs', 'journal'], async (transaction) => {
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

/** What another version of the page has written may be of another form: such a job can't go on. */
function readRequest({ id, request }: JobRecord): JobRequest | null {
	if (typeof request !== 'object' || request === null) return null;
	const found = request as JobRequest;
	const options = parseOptions(found.options);
	if (found.id !== id || options === null || typeof found.filename !== 'string') return null;
	return { ...found, options, continues: true };
}
