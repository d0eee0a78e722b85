import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ArchiveEntry } from '$lib/zip/archive';
import { createArchive } from '$lib/zip/open-archive';
import { ReceiptError } from '$lib/zip/errors';
import { readReceipt, verifyArchive } from '$lib/zip/receipt';

// Thousands of archives are read, perhaps on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;

let whole: Uint8Array<ArrayBuffer>;
let entries: readonly ArchiveEntry[];

beforeAll(async () => {
	const archive = createArchive({ modified: new Date(2026, 10, 24, 7, 58, 42), maxBytes: 10_000 });
	await archive.add(
		'jane@example.com - CEO/headshot.jpg',
		Uint8Array.from({ length: 300 }, (_, at) => at % 256),
	);
	await archive.add('jane@example.com - CEO/pfp.jpg', new Uint8Array(0));
	await archive.add('josé/headshot.jpg', new TextEncoder().encode('PK\x05\x06 is no end record here'));
	whole = new Uint8Array(await (await archive.finish({ signal: never })).arrayBuffer());
	entries = archive.entries;
});

function verify(bytes: Uint8Array<ArrayBuffer>, expected = entries) {
	return verifyArchive(new Blob([bytes]), expected, never);
}

/** 'passed', 'refused', or the name of an error that should never come out. */
async function outcome(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	try {
		await verify(bytes);
		return 'passed';
	} catch (error) {
		if (error instanceof ReceiptError) return 'refused';
		return String(error);
	}
}

/** The bytes with others put over them at one place. */
function patched(at: number, ...bytes: number[]): Uint8Array<ArrayBuffer> {
	const copy = whole.slice();
	copy.set(bytes, at);
	return copy;
}

function positionsOf(...signature: number[]): number[] {
	const found: number[] = [];
	for (let at = 0; at < whole.length; at++) {
		if (signature.every((byte, index) => whole[at + index] === byte)) found.push(at);
	}
	return found;
}

const directoryLines = () => positionsOf(0x50, 0x4b, 1, 2);
const localHeaders = () => positionsOf(0x50, 0x4b, 3, 4);
const endAt = () => whole.length - 22;

/** The directory without its last bytes, as its end record then says. */
function withoutEndOfDirectory(length: number): Uint8Array<ArrayBuffer> {
	const end = whole.slice(endAt());
	const size = new DataView(end.buffer);
	size.setUint32(12, size.getUint32(12, true) - length, true);
	return new Uint8Array([...whole.subarray(0, endAt() - length), ...end]);
}

/** A byte that belongs to nobody, and an end record that knows of it. */
function withGapBefore(directory: number): Uint8Array<ArrayBuffer> {
	const end = whole.slice(endAt());
	new DataView(end.buffer).setUint32(16, directory + 1, true);
	return new Uint8Array([...whole.subarray(0, directory), 0, ...whole.subarray(directory, endAt()), ...end]);
}

/** Of its size, the directory and the file itself say the same. */
function withLastFileGrown(): Uint8Array<ArrayBuffer> {
	const copy = whole.slice();
	const view = new DataView(copy.buffer);
	const grow = (at: number) => view.setUint32(at, view.getUint32(at, true) + 8, true);
	for (const field of [18, 22]) grow((localHeaders()[2] ?? 0) + field);
	for (const field of [20, 24]) grow((directoryLines()[2] ?? 0) + field);
	return copy;
}

describe('given an archive as it was written', () => {
	test('it is what it should be', async () => {
		await expect(verify(whole)).resolves.toEqual(entries);
		expect(await readReceipt(new Blob([whole]), never)).toEqual(entries);
	});

	test('the order of what is expected does not matter', async () => {
		await expect(verify(whole, [...entries].reverse())).resolves.toEqual(entries);
	});

	test('the share grows to 1', async () => {
		const shares: number[] = [];
		await readReceipt(new Blob([whole]), never, (share) => shares.push(share));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});

	test('one without files is fine when none are expected', async () => {
		const empty = await createArchive({ modified: new Date(), maxBytes: 22 }).finish({ signal: never });
		await expect(verifyArchive(empty, [], never)).resolves.toEqual([]);
		await expect(verifyArchive(empty, entries, never)).rejects.toThrow(ReceiptError);
	});

	test('a comment at its end is allowed', async () => {
		const end = whole.length - 22;
		const withComment = new Uint8Array([...patched(end + 20, 5), ...new TextEncoder().encode('PK\x05\x06!')]);
		await expect(verify(withComment)).resolves.toEqual(entries);
	});

	test('a large one is read in slices, each byte about once', async () => {
		const archive = createArchive({ modified: new Date(), maxBytes: Infinity });
		for (let n = 0; n < 5; n++) await archive.add(`${n}/headshot.jpg`, new Uint8Array(3_000_000).fill(n));
		const blob = await archive.finish({ signal: never });
		const sizes: number[] = [];
		const watched = Object.create(blob, {
			size: { value: blob.size },
			slice: {
				value: (start: number, end: number) => {
					const slice = blob.slice(start, end);
					sizes.push(slice.size);
					return slice;
				},
			},
		}) as Blob;
		await verifyArchive(watched, archive.entries, never);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * 1024 * 1024);
		expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(blob.size * 1.1);
	});
});

describe('given a damaged archive', () => {
	test('each flipped byte is found, but for those that say nothing about the files', async () => {
		// Of a line of the directory: version made by, internal and external attributes.
		const meaningless = directoryLines().flatMap((at) =>
			[4, 5, 36, 37, 38, 39, 40, 41].map((field) => at + field),
		);
		expect(meaningless).toHaveLength(3 * 8);
		const passed: number[] = [];
		for (let at = 0; at < whole.length; at++) {
			for (const flip of [0x01, 0xff]) {
				const found = await outcome(patched(at, (whole[at] ?? 0) ^ flip));
				expect(['passed', 'refused'], `byte ${at}`).toContain(found);
				if (found === 'passed') passed.push(at);
			}
		}
		expect([...new Set(passed)]).toEqual(meaningless);
	});

	test('cut at each length, or at its start, it is refused', async () => {
		for (let length = 0; length < whole.length; length++) {
			expect(await outcome(whole.slice(0, length)), `${length} bytes`).toBe('refused');
			if (length > 0)
				expect(await outcome(whole.slice(length)), `without the first ${length}`).toBe('refused');
		}
	});

	test('with bytes in front, behind or between it is refused', async () => {
		for (const at of [0, localHeaders()[1] ?? 0, directoryLines()[0] ?? 0, whole.length - 22, whole.length]) {
			const grown = new Uint8Array([...whole.subarray(0, at), 0, ...whole.subarray(at)]);
			expect(await outcome(grown), `at ${at}`).toBe('refused');
		}
	});

	test('noise of any kind is refused and never breaks the reader', async () => {
		let seed = 1;
		const random = () => (seed = (seed * 48_271) % 2_147_483_647);
		for (let run = 0; run < 2000; run++) {
			const copy = whole.slice();
			for (let hits = 0; hits < 6; hits++) copy[random() % copy.length] = random() % 256;
			expect(['passed', 'refused']).toContain(await outcome(copy));
		}
	});

	test.each<[string, () => Uint8Array<ArrayBuffer>, RegExp]>([
		['nothing at all', () => new Uint8Array(0), /no end record/],
		['Zip64 by its counts', () => patched(whole.length - 22 + 8, 0xff, 0xff, 0xff, 0xff), /Zip64/],
		['Zip64 by its offset', () => patched(whole.length - 6, 0xff, 0xff, 0xff, 0xff), /Zip64/],
		['one disk of two', () => patched(whole.length - 22 + 4, 1), /one part of several/],
		['encrypted', () => patched((directoryLines()[0] ?? 0) + 8, 1), /encrypted.*headshot/],
		['sizes behind the bytes', () => patched((directoryLines()[0] ?? 0) + 8, 8), /size behind/],
		['compressed', () => patched((directoryLines()[0] ?? 0) + 10, 8), /compressed/],
		['a name that is no UTF-8', () => patched((directoryLines()[2] ?? 0) + 46, 0xff), /not UTF-8/],
		['a name unmarked', () => patched((directoryLines()[2] ?? 0) + 9, 0), /not marked/],
		['another local header', () => patched((localHeaders()[0] ?? 0) + 10, 1), /something else/],
		['no local header', () => patched(localHeaders()[0] ?? 0, 0), /not where the directory says/],
		['two entries on one place', () => patched((directoryLines()[1] ?? 0) + 42, 0, 0), /gap or an overlap/],
		['other bytes', () => patched(80, 0xee, 0xee), /damaged/],
		['fewer files than its directory', () => patched(endAt() + 8, 2, 0, 2, 0), /another number of files/],
		['more files than its directory', () => patched(endAt() + 8, 4, 0, 4, 0), /another number of files/],
		['a directory elsewhere', () => patched(endAt() + 12, 1), /not where its end record says/],
		['a name longer than the directory', () => patched((directoryLines()[2] ?? 0) + 28, 0xff), /cut short/],
		['half a line at the end of the directory', () => withoutEndOfDirectory(60), /cut short/],
		['a gap before the directory', () => withGapBefore(directoryLines()[0] ?? 0), /gap before the directory/],
		['a file that reaches into the directory', () => withLastFileGrown(), /reaches into/],
	])('%s: it says so', async (_, bytes, message) => {
		await expect(verify(bytes())).rejects.toThrow(message);
		await expect(verify(bytes())).rejects.toThrow(ReceiptError);
	});

	test('two files of one name: it says so', async () => {
		const archive = createArchive({ modified: new Date(), maxBytes: 10_000 });
		for (const path of ['a/1.jpg', 'a/2.jpg']) await archive.add(path, new Uint8Array(3));
		const bytes = new Uint8Array(await (await archive.finish({ signal: never })).arrayBuffer());
		const text = new TextDecoder('latin1').decode(bytes);
		for (const at of [text.indexOf('a/2'), text.lastIndexOf('a/2')]) bytes[at + 2] = 0x31;
		await expect(readReceipt(new Blob([bytes]), never)).rejects.toThrow(/two files of one name.*a\/1\.jpg/);
	});

	test('a Blob that can no longer be read is refused, not passed', async () => {
		const lost = Object.create(new Blob([whole]), {
			size: { value: whole.length },
			slice: {
				value: () => ({
					size: 1,
					arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
				}),
			},
		}) as Blob;
		await expect(verifyArchive(lost, entries, never)).rejects.toThrow(ReceiptError);
	});
});

describe('given an archive of other files than expected', () => {
	const [first, second, third] = [0, 1, 2];
	const change = (index: number, entry: Partial<ArchiveEntry>) =>
		entries.map((old, at) => (at === index ? { ...old, ...entry } : old));

	test.each<[string, () => readonly ArchiveEntry[], RegExp, string]>([
		['one missing', () => [...entries, { path: 'x/pfp.jpg', size: 0, crc32: 0 }], /missing/, 'x/pfp.jpg'],
		['one too many', () => entries.slice(0, 2), /too many/, 'josé/headshot.jpg'],
		['another path', () => change(third, { path: 'jose/headshot.jpg' }), /missing/, 'jose/headshot.jpg'],
		['another size', () => change(second, { size: 1 }), /size/, 'jane@example.com - CEO/pfp.jpg'],
		['another CRC-32', () => change(first, { crc32: 1 }), /bytes/, 'jane@example.com - CEO/headshot.jpg'],
		[
			'one expected twice',
			() => [...entries, ...entries.slice(0, 1)],
			/missing/,
			'jane@example.com - CEO/headshot.jpg',
		],
	])('%s: it says which', async (_, expected, message, path) => {
		const error: unknown = await verify(whole, expected()).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(ReceiptError);
		expect((error as ReceiptError).path).toBe(path);
		expect((error as ReceiptError).message).toMatch(message);
	});
});

describe('given an abort', () => {
	const reason = new Error('cancelled');

	test('before: it rejects with the reason', async () => {
		await expect(readReceipt(new Blob([whole]), AbortSignal.abort(reason))).rejects.toBe(reason);
	});

	test('while it reads: it rejects with the reason and stops', async () => {
		const stop = new AbortController();
		let shares = 0;
		const reading = readReceipt(new Blob([whole]), stop.signal, () => {
			shares++;
			stop.abort(reason);
		});
		await expect(reading).rejects.toBe(reason);
		expect(shares).toBe(1);
	});
});
