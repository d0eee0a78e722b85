import * as v from 'valibot';
import { readPages } from '$lib/backend/listing';
import { never } from './client-helpers.ts';

export interface Item {
	id: string;
}
export interface Query {
	limit: number;
	offset: number;
}
export type Answer = Record<string, unknown>;

export const schema = v.object({ id: v.string() });

export function items(count: number): Item[] {
	return Array.from({ length: count }, (_, n) => ({ id: `id-${n}` }));
}

/** A list behind HTTP's back: what it is asked, and what it answers. */
export function list(
	all: unknown[],
	answer: (query: Query, honest: Answer) => Answer = (_, honest) => honest,
) {
	const asked: Query[] = [];
	const page = async (query: Query): Promise<Answer> => {
		asked.push(query);
		return answer(query, pageOf(all, query));
	};
	const read = () => readPages<Item>(page, 'things', schema, never);
	return { asked, read, ids: async () => (await read()).items.map((item) => item.id) };
}

export function pageOf(all: unknown[], { limit, offset }: Query): Answer {
	const things = all.slice(offset, offset + limit);
	return {
		things,
		pagination: { total: all.length, limit, offset, hasMore: offset + limit < all.length },
	};
}

export const idsOf = (all: Item[]) => all.map((item) => item.id);
