import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { AppendWriter } from '$lib/zip/append-writer';
import type { PlacedEntry } from '$lib/zip/archive';
import { proveEntries } from '$lib/zip/proof';
import { localHeader } from '$lib/zip/records';
import { MemorySink } from './memory-sink';

// Thousands of files are read, perhaps on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;
let bytes: Uint8Array<ArrayBuffer>;
let journal: PlacedEntry[];

beforeAll(async () => {
	const sink = new MemorySink();
	const writer = new AppendWriter(sink, { modified: new Date(2026, 10, 24, 7, 58, 42) });
	await writer.add(
		'a/headshot.jpg',
		Uint8Array.from({ length: 90 }, (_, at) => at),
	);
	await writer.add('a/pfp.jpg', new Uint8Array(0));
	await writer.add('é/headshot.jpg', new TextEncoder().encode('PK\x03\x04'));
	await writer.add('é/pfp.jpg', new Uint8Array(50).fill(7));
	journal = [...writer.entries];
	bytes = sink.bytes;
});

async function held(file: Uint8Array<ArrayBuffer>, claimed: readonly PlacedEntry[]): Promise<number> {
	const proved = await proveEntries(new MemorySink(file), claimed, never);
	expect(proved).toEqual(claimed.slice(0, proved.length));
	return proved.length;
}

/** How many entries lie wholly before a place in the file. */
function wholeBefore(at: number): number {
	return journal.filter((entry) => entry.offset + localHeader(entry).length + entry.size <= at).length;
}

describe('given a journal and its file', () => {
	test('all of it holds, and the share grows to 1', async () => {
		const shares: number[] = [];
		await proveEntries(new MemorySink(bytes), journal, never, (share) => shares.push(share));
		expect(shares.at(-1)).toBe(1);
		expect(await held(bytes, journal)).toBe(4);
	});

	test('each flipped bit of the file: what is before it holds, and nothing else', async () => {
		for (let at = 0; at < bytes.length; at++) {
			for (let bit = 0; bit < 8; bit++) {
				const damaged = bytes.slice();
				damaged[at]! ^= 1 << bit;
				expect(await held(damaged, journal), `byte ${at}`).toBe(wholeBefore(at));
			}
		}
	});

	test('cut at each length: what is whole holds', async () => {
		for (let length = 0; length <= bytes.length; length++) {
			expect(await held(bytes.slice(0, length), journal), `${length} bytes`).toBe(wholeBefore(length));
		}
	});

	test('grown, such as by a directory: all holds', async () => {
		expect(await held(new Uint8Array([...bytes, ...bytes]), journal)).toBe(4);
	});

	test('each value of the journal changed in any way: what is before it holds, and nothing else', async () => {
		const keys = ['path', 'size', 'crc32', 'offset', 'dosTime', 'unixTime'] as const;
		const anything = fc.oneof(
			fc.integer(),
			fc.double(),
			fc.bigInt(),
			fc.string(),
			fc.constantFrom(null, undefined, true, {}, []),
		);
		await fc.assert(
			fc.asyncProperty(fc.nat(3), fc.constantFrom(...keys), anything, async (index, key, value) => {
				fc.pre(journal[index]![key] !== value);
				const claimed = journal.map((entry, at) => (at === index ? { ...entry, [key]: value } : entry));
				expect(await held(bytes, claimed as PlacedEntry[])).toBe(index);
			}),
			{ numRuns: 500 },
		);
	});

	test('each bit of a number in the journal flipped: what is before it holds', async () => {
		for (const key of ['size', 'crc32', 'offset', 'dosTime', 'unixTime'] as const) {
			for (let bit = 0; bit < 52; bit++) {
				const claimed = journal.map((entry, at) =>
					at === 2 ? { ...entry, [key]: Number(BigInt(entry[key]!) ^ (1n << BigInt(bit))) } : entry,
				);
				expect(await held(bytes, claimed), `${key}, bit ${bit}`).toBe(2);
			}
		}
	});

	test('an entry lacks, is there twice or at another place: what is before it holds', async () => {
		const [a, b, c, d] = journal as [PlacedEntry, PlacedEntry, PlacedEntry, PlacedEntry];
		expect(await held(bytes, [])).toBe(0);
		expect(await held(bytes, [a, b, d])).toBe(2);
		expect(await held(bytes, [b, c, d])).toBe(0);
		expect(await held(bytes, [a, b, b, c, d])).toBe(2);
		expect(await held(bytes, [a, c, b, d])).toBe(1);
		expect(await held(bytes, [a, null as unknown as PlacedEntry])).toBe(1);
	});

	test('two entries of one path hold once', async () => {
		const twice = { ...journal[0]!, offset: bytes.length };
		const file = new Uint8Array([...bytes, ...bytes.subarray(0, journal[1]!.offset)]);
		expect(await held(file, [...journal, twice])).toBe(4);
	});
});

test('given an abort, it rejects with the reason, before and while it reads', async () => {
	const reason = new Error('cancelled');
	await expect(proveEntries(new MemorySink(bytes), journal, AbortSignal.abort(reason))).rejects.toBe(reason);

	const large = new MemorySink();
	const writer = new AppendWriter(large, { modified: new Date() });
	await writer.add('a', new Uint8Array(80_000_000));
	const stop = new AbortController();
	const shares: number[] = [];
	const proving = proveEntries(large, writer.entries, stop.signal, (share) => {
		shares.push(share);
		stop.abort(reason);
	});
	await expect(proving).rejects.toBe(reason);
	// After 32 MiB of 80 MB.
	expect(shares).toEqual([expect.closeTo(0.4, 1)]);
});
