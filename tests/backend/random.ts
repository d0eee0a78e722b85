/** Seeded randomness: the same seed gives the same company, the same ids and the same pictures. */

export interface Random {
	/** 0 ≤ n < 1 */
	next(): number;
	/** A whole number, both ends included. */
	between(low: number, high: number): number;
	pick<T>(list: readonly [T, ...T[]]): T;
	/** Lower-case hexadecimal, as in the ids of a document database. */
	hex(length: number): string;
}

export function random(seed: number | string): Random {
	let state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
	/** mulberry32 */
	function word(): number {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return (t ^ (t >>> 14)) >>> 0;
	}
	const next = () => word() / 2 ** 32;
	const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		between,
		pick: (list) => list[between(0, list.length - 1)] ?? list[0],
		hex(length) {
			for (let at = 0; at < length; at += 8) scratch.writeUInt32BE(word(), at / 2);
			return scratch.toString('hex', 0, Math.ceil(length / 2)).slice(0, length);
		},
	};
}

/** For ids, of at most 128 digits: a large company needs millions of them. */
const scratch = Buffer.alloc(64);

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	}
	return value >>> 0;
}
