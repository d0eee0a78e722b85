import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ReceiptError } from '$lib/zip/errors';
import { findEndRecord, MAX_TAIL_SIZE } from '$lib/zip/read-end';
import { endRecords } from '$lib/zip/records';

const GIB4 = 0x1_0000_0000;

type Numbers = readonly [entries: number, directoryOffset: number, directorySize: number];

/** The end of an archive, and where in it that begins. */
function ending(...[entries, offset, size]: Numbers): { tail: Uint8Array; start: number } {
	return { tail: endRecords(entries, offset, size), start: offset + size };
}

function found(tail: Uint8Array, start: number) {
	try {
		return findEndRecord(tail, start);
	} catch (error) {
		if (error instanceof ReceiptError) return error.message;
		throw error;
	}
}

function patched(tail: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
	const copy = tail.slice();
	copy.set(bytes, at);
	return copy;
}

const ends: [string, Numbers][] = [
	['a small archive', [3, 1_000, 200]],
	['no files', [0, 0, 0]],
	['as many files as go without Zip64', [65_534, 70_000, 4_000_000]],
	['one more', [65_535, 70_000, 4_000_000]],
	['many more', [200_000, 70_000, 4_000_000]],
	['a directory at 4 GiB - 2', [2, GIB4 - 2, 100]],
	['a directory at 4 GiB - 1', [2, GIB4 - 1, 100]],
	['a directory far behind 4 GiB', [2, 40 * GIB4 + 7, 100]],
	['a directory of 4 GiB - 2', [2, 100, GIB4 - 2]],
	['a directory of 4 GiB - 1', [2, 100, GIB4 - 1]],
];

describe.each(ends)('given %s', (_, numbers) => {
	const { tail, start } = ending(...numbers);
	const [entries, directoryOffset, directorySize] = numbers;
	const end = { at: start, entries, directoryOffset, directorySize };

	test('its end says so, whatever is before it, and with a comment behind it', () => {
		expect(found(tail, start)).toEqual(end);
		const more = Uint8Array.of(...new Uint8Array(60).fill(0x50), ...tail);
		expect(found(more, start - 60)).toEqual(end);
		const comment = Uint8Array.of(...patched(tail, tail.length - 2, 5, 0), ...Buffer.from('PK\x05\x06!'));
		expect(found(comment, start)).toEqual(end);
	});

	test('each flipped byte makes another end of it, or none, but for who made it', () => {
		const same: number[] = [];
		for (let at = 0; at < tail.length; at++) {
			for (const flip of [0x01, 0xff]) {
				const other = found(patched(tail, at, tail[at]! ^ flip), start);
				if (isDeepStrictEqual(other, end)) same.push(at);
			}
		}
		// "Version made by" of the Zip64 record.
		expect([...new Set(same)]).toEqual(tail.length > 22 ? [12, 13] : []);
	});

	test('cut at any length, or with a byte behind it, it is none', () => {
		for (let length = 0; length < tail.length; length++) {
			expect(found(tail.subarray(0, length), start)).toMatch('no end record');
		}
		expect(found(Uint8Array.of(...tail, 0), start)).toMatch('no end record');
	});
});

test('the longest end with the longest comment is within the last bytes that are read', () => {
	const { tail, start } = ending(65_535, 100, 100);
	const longest = new Uint8Array(tail.length + 65_535);
	longest.set(patched(tail, tail.length - 2, 0xff, 0xff));
	expect(longest).toHaveLength(MAX_TAIL_SIZE);
	expect(found(longest, start)).toMatchObject({ entries: 65_535 });
});

describe('what is wrong is said', () => {
	const { tail, start } = ending(65_536, GIB4 + 5, 10);
	const [locator, end] = [56, 76];

	test.each<[string, string, number, number[]]>([
		['on a disk that is not the first', 'one part of several', end + 4, [1]],
		['with its directory on another disk', 'one part of several', end + 6, [1]],
		['with fewer files on this disk than in all', 'one part of several', end + 8, [0xfe]],
		['a count that the Zip64 record does not say', 'something else', end + 8, [7, 0, 7, 0]],
		['a size that the Zip64 record does not say', 'something else', end + 12, [11]],
		['an offset that the Zip64 record does not say', 'something else', end + 16, [6, 0, 0, 0]],
		['no locator', 'lacks its Zip64 record', locator, [0]],
		['a Zip64 record on another disk', 'not where it should be', locator + 4, [1]],
		['a Zip64 record elsewhere', 'not where it should be', locator + 8, [0]],
		['two disks', 'not where it should be', locator + 16, [2]],
		['no Zip64 record', 'not where it should be', 0, [0]],
		['a Zip64 record of another length', 'damaged', 4, [45]],
		['a Zip64 record of another version', 'damaged', 14, [46]],
		['a Zip64 record that says another disk', 'damaged', 16, [1]],
		['a Zip64 record that says another disk of the directory', 'damaged', 20, [1]],
		['a Zip64 record with fewer files on this disk than in all', 'damaged', 24, [1]],
	])('%s: "%s"', (_, words, at, bytes) => expect(found(patched(tail, at, ...bytes), start)).toMatch(words));

	test('a locator at the very beginning, with no room for a record before it', () => {
		expect(found(tail.subarray(locator), start + locator)).toMatch('not where it should be');
	});

	test.each([
		['too many files', 8, [0xff, 0xff, 0xff, 0xff]],
		['too large a directory', 12, [0xff, 0xff, 0xff, 0xff]],
		['too far a directory', 16, [0xff, 0xff, 0xff, 0xff]],
	])('%s for an end without Zip64', (_, at, bytes) => {
		const small = ending(3, 1_000, 200);
		expect(found(patched(small.tail, at, ...bytes), small.start)).toMatch('lacks its Zip64 record');
	});
});
