/** What every API answer has in common: the envelope, the error codes, pages of a list. */

export class ApiError extends Error {
	readonly status: number;
	readonly code: string;

	constructor(status: number, code: string, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

export function notFound(what: string): ApiError {
	return new ApiError(404, 'NOT_FOUND', `${what} not found`);
}

export function invalid(message: string): ApiError {
	return new ApiError(400, 'INVALID_REQUEST', message);
}

export interface Page<T> {
	items: T[];
	pagination: { total: number; limit: number; offset: number; hasMore: boolean };
}

/** `limit` (default 50, at most 200) and `offset` of the query. @throws ApiError 400 */
export function paged<T>(list: readonly T[], query: URLSearchParams): Page<T> {
	const limit = whole(query, 'limit', 50);
	const offset = whole(query, 'offset', 0);
	if (limit < 1 || limit > 200) throw invalid('limit must be between 1 and 200');
	return {
		items: list.slice(offset, offset + limit),
		pagination: { total: list.length, limit, offset, hasMore: offset + limit < list.length },
	};
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
	const text = query.get(name);
	if (text === null) return fallback;
	if (!/^\d{1,9}$/.test(text)) throw invalid(`${name} must be a whole number`);
	return Number(text);
}

/** A filter of the query, one of the known words. @throws ApiError 400 */
export function oneOf<T extends string>(query: URLSearchParams, name: string, words: readonly T[]): T | null {
	const word = query.get(name);
	if (word === null) return null;
	const known = words.find((one) => one === word);
	if (known === undefined) throw invalid(`${name} must be one of ${words.join(', ')}`);
	return known;
}
