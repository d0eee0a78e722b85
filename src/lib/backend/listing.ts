import * as v from 'valibot';
import { inPool } from '$lib/net/pool';
import type { Answer } from './answer';
import { paginationSchema } from './contract';
import { BackendError } from './errors';

/** A list, and a sentence for each item that could not be read and was left out. */
export interface Listing<T> {
	items: T[];
	skipped: string[];
}

/** The most that the backend gives at once. */
const PAGE = 200;
/** Pages of one list under way at a time; the photo host has connections of its own. */
const PAGES_AT_ONCE = 4;

type ItemSchema<T> = v.GenericSchema<unknown, T & { id: string }>;

/**
 * Reads a paginated list: the first page tells how many there are, the others are fetched in parallel, in order.
 * A list that grows meanwhile is read on; one that repeats itself ends (items are one by id).
 *
 * @param page fetches one page
 * @param key the envelope's key that holds the items
 */
export async function readPages<T>(
	page: (query: { limit: number; offset: number }, signal: AbortSignal) => Promise<Answer>,
	key: string,
	schema: ItemSchema<T>,
	signal: AbortSignal,
): Promise<Listing<T>> {
	const first = await page({ limit: PAGE, offset: 0 }, signal);
	const { total, limit } = v.parse(paginationSchema, first.pagination);
	// The page as it is: a backend may give fewer at once than it is asked for.
	const step = limit || rows(first, key).length || PAGE;

	const offsets: number[] = [];
	for (let offset = step; offset < total; offset += step) offsets.push(offset);
	const pages = new Map<number, Answer>([[0, first]]);
	await inPool(offsets, PAGES_AT_ONCE, signal, async (offset, inner) => {
		pages.set(offset, await page({ limit: step, offset }, inner));
	});

	const reader = new ItemReader(key, schema);
	let last = first;
	for (const offset of [0, ...offsets]) reader.read((last = pages.get(offset)!));
	for (let offset = step * (offsets.length + 1); hasMore(last); offset += step) {
		last = await page({ limit: step, offset }, signal);
		if (reader.read(last) === 0) break;
	}
	return reader.listing;
}

/** Reads a list that comes whole. */
export function readItems<T>(answer: Answer, key: string, schema: ItemSchema<T>): Listing<T> {
	const reader = new ItemReader(key, schema);
	reader.read(answer);
	return reader.listing;
}

function hasMore(answer: Answer): boolean {
	return v.parse(paginationSchema, answer.pagination).hasMore;
}

function rows(answer: Answer, key: string): unknown[] {
	const value = answer[key];
	if (!Array.isArray(value)) {
		throw new BackendError('unexpected', `The backend's answer has no list of ${key}.`);
	}
	return value;
}

class ItemReader<T> {
	readonly listing: Listing<T> = { items: [], skipped: [] };
	#seen = new Set<string>();

	constructor(
		private readonly key: string,
		private readonly schema: ItemSchema<T>,
	) {}

	/** @returns how many of the page's items are new */
	read(answer: Answer): number {
		let fresh = 0;
		for (const row of rows(answer, this.key)) {
			const parsed = v.safeParse(this.schema, row);
			if (!parsed.success) {
				this.listing.skipped.push(`One of the ${this.key} could not be read: ${whatIsWrong(parsed.issues)}.`);
			} else if (!this.#seen.has(parsed.output.id)) {
				this.#seen.add(parsed.output.id);
				this.listing.items.push(parsed.output);
				fresh++;
			}
		}
		return fresh;
	}
}

function whatIsWrong(issues: readonly v.BaseIssue<unknown>[]): string {
	const issue = issues[0];
	const path = issue?.path?.map((part) => String(part.key)).join('.') || 'the item';
	return `${path.slice(0, 80)}: ${(issue?.message ?? 'not as expected').slice(0, 200)}`;
}
