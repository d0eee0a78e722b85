import * as v from 'valibot';
import { breathe } from '$lib/net/breathe';
import { inPool } from '$lib/net/pool';
import type { Answer } from './answer';
import { LARGEST_PAGE, paginationSchema } from './contract';
import { BackendError } from './errors';

/** A list, and a sentence for each item that could not be read and was left out. */
export interface Listing<T> {
	items: T[];
	skipped: string[];
}

/** Pages of one list under way at a time; the photo host has connections of its own. */
const PAGES_AT_ONCE = 4;
/** A list of more pages has no end. */
const MOST_PAGES = 5_000;

/** What tells the rows that were read from each other; of one list. */
export type Seen = Set<string>;

type ItemSchema<T> = v.GenericSchema<unknown, T & { id: string }>;

/** Fetches one page of a list. */
type FetchPage = (query: { limit: number; offset: number }, signal: AbortSignal) => Promise<Answer>;

/** Told each page's items as they come, in no order, and how many there are in all, as far as the backend says. */
export type OnPart<T> = (items: T[], total: number | null) => void;

/** Rows that are read in one go: some milliseconds of the thread. */
const ROWS_AT_ONCE = 200;

/** How often a list is read that shrinks while it is read. */
const READS = 3;

/**
 * Reads a paginated list whole. Where it shrinks meanwhile, items move up over a page's edge and would be missed: it
 * is read again, and in the end the doubt is among `skipped`.
 *
 * @param key the envelope's key that holds the items
 */
export async function readPages<T>(
	page: FetchPage,
	key: string,
	schema: ItemSchema<T>,
	signal: AbortSignal,
	onpart?: OnPart<T>,
): Promise<Listing<T>> {
	for (let nth = 1; ; nth++) {
		// What is read a second time has been told already.
		const { items, skipped, shrank } = await readOnce(
			page,
			key,
			schema,
			signal,
			nth === 1 ? onpart : undefined,
		);
		if (!shrank) return { items, skipped };
		if (nth === READS) {
			return { items, skipped: [...skipped, `The list of ${key} kept changing while it was read.`] };
		}
	}
}

/**
 * The first page tells how many there are, the others are fetched in parallel, in order. Where fewer come at once
 * than were asked for, the rest is asked for again. A list that grows meanwhile is read on; one that repeats itself
 * ends, whatever its total says (items are one by id).
 */
async function readOnce<T>(
	page: FetchPage,
	key: string,
	schema: ItemSchema<T>,
	signal: AbortSignal,
	onpart?: OnPart<T>,
): Promise<Listing<T> & { shrank: boolean }> {
	let shrank = false;
	const reader = new ItemReader(key, schema);
	const pages: (Page<T> & { offset: number; end: number })[] = [];
	async function read(offset: number, limit: number, inner: AbortSignal) {
		if (pages.length === MOST_PAGES) throw endless(key);
		const answer = await page({ limit, offset }, inner);
		const { total, hasMore } = v.parse(paginationSchema, answer.pagination);
		const content = reader.read(rowsOf(answer, key));
		const end = offset + content.rows;
		pages.push({ ...content, offset, end });
		onpart?.(content.items, total);
		return { end, total, isNew: isNew(content), hasMore: hasMore ?? total !== end };
	}

	let last = await read(0, LARGEST_PAGE, signal);
	const total = last.total ?? 0;
	const mind = (part: { total: number | null }) => (shrank ||= (part.total ?? total) < total);
	const starts: number[] = [];
	for (let start = last.end; last.isNew && start < total; start += LARGEST_PAGE) starts.push(start);
	let over = Infinity;
	await inPool(starts, PAGES_AT_ONCE, signal, async (start, inner) => {
		const end = start + LARGEST_PAGE;
		for (let offset = start; offset < Math.min(end, total, over);) {
			const part = await read(offset, end - offset, inner);
			mind(part);
			if (part.end > last.end) last = part;
			// The rest of a page may be none of ours; a whole one without anything new is behind the list's end.
			if (!part.isNew && offset === start) over = Math.min(over, start);
			if (!part.isNew) break;
			offset = part.end;
		}
	});
	while (last.isNew && last.hasMore && over === Infinity) last = await read(last.end, LARGEST_PAGE, signal);

	pages.sort((a, b) => a.offset - b.offset);
	return {
		...joined(pages),
		shrank,
	};
}

/**
 * Reads one page of a list.
 *
 * @param offset of the page's first row
 * @param seen what the pages before had, which is left out; this page's own is added
 * @returns with the number of rows, to go on from, and whether there are more behind them
 */
export function readPage<T>(
	answer: Answer,
	key: string,
	schema: ItemSchema<T>,
	offset: number,
	seen?: Seen,
): Listing<T> & { rows: number; total: number | null; hasMore: boolean } {
	const { total, hasMore } = v.parse(paginationSchema, answer.pagination);
	const page = new ItemReader(key, schema, seen).read(rowsOf(answer, key));
	const more = hasMore ?? (total !== null && offset + page.rows < total);
	// A page without anything new has nothing behind it, whatever it says.
	return { ...page, total, hasMore: more && isNew(page) };
}

/** Reads a list that comes whole, and may be as long as a company is large: a part at a time, and others in between. */
export async function readItems<T>(
	answer: Answer,
	key: string,
	schema: ItemSchema<T>,
	signal: AbortSignal,
): Promise<Listing<T>> {
	const rows = rowsOf(answer, key);
	const reader = new ItemReader(key, schema);
	const parts: Listing<T>[] = [];
	for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
		if (start > 0) await breathe(signal);
		parts.push(reader.read(rows.slice(start, start + ROWS_AT_ONCE)));
	}
	return joined(parts);
}

function endless(key: string): Error {
	return new BackendError('unexpected', `The backend's list of ${key} has no end.`);
}

/** What a page has that no page before it had, and how many rows it has in all. */
interface Page<T> extends Listing<T> {
	rows: number;
}

function rowsOf(answer: Answer, key: string): unknown[] {
	const rows = answer[key];
	if (Array.isArray(rows)) return rows;
	throw new BackendError('unexpected', `The backend's answer has no list of ${key}.`);
}

function joined<T>(parts: Listing<T>[]): Listing<T> {
	return { items: parts.flatMap(({ items }) => items), skipped: parts.flatMap(({ skipped }) => skipped) };
}

function isNew({ items, skipped }: Listing<unknown>): boolean {
	return items.length + skipped.length > 0;
}

class ItemReader<T> {
	constructor(
		private readonly key: string,
		private readonly schema: ItemSchema<T>,
		private readonly seen: Seen = new Set(),
	) {}

	read(rows: unknown[]): Page<T> {
		const page: Page<T> = { items: [], skipped: [], rows: rows.length };
		for (const row of rows) {
			const parsed = v.safeParse(this.schema, row);
			const identity = parsed.success ? `id ${parsed.output.id}` : `row ${textOf(row)}`;
			if (this.seen.has(identity)) continue;
			this.seen.add(identity);
			if (parsed.success) page.items.push(parsed.output);
			else page.skipped.push(`One of the ${this.key} could not be read: ${whatIsWrong(parsed.issues)}.`);
		}
		return page;
	}
}

/** A row that can't be read is the same row again when it is the same text. */
function textOf(row: unknown): string {
	try {
		return JSON.stringify(row);
	} catch {
		// Nested too deep for the engine.
		return typeof row;
	}
}

function whatIsWrong(issues: readonly v.BaseIssue<unknown>[]): string {
	const issue = issues[0];
	const path = issue?.path?.map((part) => String(part.key)).join('.') || 'the item';
	return `${path.slice(0, 80)}: ${(issue?.message ?? 'not as expected').slice(0, 200)}`;
}
