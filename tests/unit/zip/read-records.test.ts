import { describe, expect, test } from 'vitest';
import { crc32 } from '@foxglove/crc';
import type { PlacedEntry } from '$lib/zip/archive';
import { ReceiptError } from '$lib/zip/errors';
import {
	checkStored,
	checkUnicodePath,
	readExtra,
	readLine,
	readLocal,
	readPath,
	sameExtra,
	withZip64,
} from '$lib/zip/read-records';
import { directoryLine, localHeader } from '$lib/zip/records';

const GIB4 = 0x1_0000_0000;
const PATH = 'é.jpg';
const entry: PlacedEntry = {
	path: PATH,
	size: 5,
	crc32: 0xcbf4_3926,
	offset: 0x0102_0304,
	dosTime: 0x5d78_3f55,
	unixTime: 0x6a00_0001,
};

/** A field with its id and length. */
function field(id: number, ...data: number[]): number[] {
	return [id & 0xff, id >> 8, data.length & 0xff, data.length >> 8, ...data];
}

const fields = (...all: number[][]) => readExtra(Uint8Array.from(all.flat()), PATH);

/** 8 bytes, the lowest first. */
function uint64(value: number): number[] {
	return [...new Uint8Array(new BigUint64Array([BigInt(value)]).buffer)];
}

/** What a record of ours says once it is read. */
function said(record: Uint8Array, kind: 'local' | 'line') {
	const start = kind === 'line' ? readLine(record) : readLocal(record, PATH);
	const texts = record.subarray(kind === 'line' ? 46 : 30);
	const extra = readExtra(texts.subarray(start.nameSize), PATH);
	return { start, extra, header: withZip64(start, extra, PATH), name: texts.subarray(0, start.nameSize) };
}

describe('given the records of an entry', () => {
	test.each<[string, Partial<PlacedEntry>]>([
		['a photo', {}],
		['an empty file', { size: 0, crc32: 0 }],
		['no time of change', { unixTime: null }],
		['a size of 4 GiB - 2', { size: GIB4 - 2 }],
		['a size of 4 GiB - 1', { size: GIB4 - 1 }],
		['an offset of 4 GiB - 2', { offset: GIB4 - 2 }],
		['an offset of 4 GiB - 1', { offset: GIB4 - 1 }],
		['a large size far behind', { size: 2 * GIB4 + 1, offset: 3 * GIB4 + 7 }],
	])('%s: both say what it is', (_, changed) => {
		const { size, crc32, offset, ...rest } = { ...entry, ...changed };
		const line = said(directoryLine({ size, crc32, offset, ...rest }), 'line');
		const local = said(localHeader({ size, crc32, offset, ...rest }), 'local');
		const same = { size, packedSize: size, crc32, method: 0, flags: 0x0800, nameSize: 6, disk: 0 };
		expect(line.header).toMatchObject({ ...same, offset, commentSize: 0 });
		expect(local.header).toMatchObject({ ...same, offset: 0, commentSize: 0 });
		expect(local.start.shared).toEqual(line.start.shared);
		expect(sameExtra(local.extra, line.extra)).toBe(true);
		expect(readPath(line.name, line.start.flags)).toBe(PATH);
		expect(() => checkStored(line.header, PATH)).not.toThrow();
	});

	test('one in place of the other, or neither, is refused', () => {
		const refused = (read: () => unknown) => expect(read).toThrow(ReceiptError);
		refused(() => readLine(localHeader(entry)));
		refused(() => readLocal(directoryLine(entry), PATH));
		expect(() => readLocal(new Uint8Array(30), PATH)).toThrow(`not where the directory says (${PATH})`);
		expect(() => readLine(new Uint8Array(46))).toThrow('The directory of the archive is damaged');
	});

	test('a record amid other bytes is read at its own place', () => {
		const line = directoryLine(entry);
		const around = Uint8Array.of(1, 2, 3, ...line, 4);
		expect(readLine(around.subarray(3, 3 + line.length))).toEqual(readLine(line));
	});
});

describe('given what a writer of ours never makes', () => {
	const header = () => said(directoryLine(entry), 'line').header;
	type Header = ReturnType<typeof header>;

	test.each<[string, Partial<Header>]>([
		['A file is encrypted', { flags: 0x0801 }],
		['A file has its size behind it', { flags: 0x0808 }],
		['A file has flags that mean nothing here', { flags: 0x0802 }],
		['A file is compressed', { method: 8 }],
		['A file has two sizes', { packedSize: 4 }],
		['A file is said to be in another part of the archive', { disk: 1 }],
	])('"%s (é.jpg)" is said', (words, changed) => {
		const check = () => checkStored({ ...header(), ...changed }, PATH);
		expect(check).toThrow(ReceiptError);
		expect(check).toThrow(expect.objectContaining({ message: `${words} (${PATH})`, path: PATH }));
	});

	test('a name of ASCII alone needs no mark', () => {
		expect(() => checkStored({ ...header(), flags: 0 }, PATH)).not.toThrow();
		expect(readPath(Uint8Array.of(0x61, 0x7f), 0)).toBe('a\x7f');
		expect(() => readPath(Uint8Array.of(0x61, 0x80), 0)).toThrow('not marked as UTF-8');
		expect(() => readPath(Uint8Array.of(0x61, 0x80), 0x0800)).toThrow(
			expect.objectContaining({
				message: 'A name in the archive is not UTF-8',
				cause: expect.any(TypeError),
			}),
		);
	});

	test('a mark of byte order belongs to the name', () => {
		expect(readPath(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 0x0800)).toBe('\ufeffa');
	});
});

describe('extra fields', () => {
	test('are read one by one', () => {
		const read = fields(field(0x5455, 1, 2), field(7), field(0x1234, 3));
		expect(read.map(({ id, data }) => [id, ...data])).toEqual([[0x5455, 1, 2], [7], [0x1234, 3]]);
		expect([...read[0]!.whole]).toEqual(field(0x5455, 1, 2));
		expect(fields()).toEqual([]);
	});

	test.each([
		['less than a head', [1, 0, 0]],
		['a length that leads out', [...field(7, 1), ...field(8, 1, 2).slice(0, -1)]],
		['a byte too many', [...field(7, 1), 0]],
	])('with %s are damaged', (_, bytes) => {
		expect(() => readExtra(Uint8Array.from(bytes), PATH)).toThrow(
			`A file has damaged extra fields (${PATH})`,
		);
	});

	test('are the same when all but Zip64 are, in their order', () => {
		const [time, other, zip64] = [field(0x5455, 1), field(7, 2), field(1, 3)];
		expect(sameExtra(fields(time, other), fields(time, zip64, other))).toBe(true);
		expect(sameExtra(fields(zip64), fields())).toBe(true);
		for (const [a, b] of [
			[[time], []],
			[[], [time]],
			[[time], [other]],
			[
				[time, other],
				[other, time],
			],
			[[time], [time, time]],
			[[time], [field(0x5455, 2)]],
			[[time], [field(0x5455, 1, 1)]],
		] as const) {
			expect(sameExtra(fields(...a), fields(...b))).toBe(false);
		}
	});
});

describe('the name that some unpackers prefer', () => {
	const name = new TextEncoder().encode(PATH);
	const crc = [...new Uint8Array(new Uint32Array([crc32(name)]).buffer)];
	const check = (...data: number[]) =>
		checkUnicodePath(fields(field(7, 1), field(0x7075, ...data)), name, PATH);

	test('may be the name', () => expect(() => check(1, ...crc, ...name)).not.toThrow());

	test.each([
		['in another version', [2, ...crc, ...name]],
		['of another name', [1, ...crc, ...name.with(0, 0x78)]],
		['for another name', [1, crc[0]! ^ 1, ...crc.slice(1), ...name]],
		['cut short', [1, ...crc.slice(0, 3)]],
		['cut short in the name', [1, ...crc, ...name.slice(0, -1)]],
		['that is empty', []],
	])('%s is refused', (_, data) => {
		expect(() => check(...data)).toThrow(`A file has two names (${PATH})`);
	});
});

describe('a Zip64 field', () => {
	const MARK = 0xffff_ffff;
	const started = () => said(directoryLine(entry), 'line').start;
	type Start = ReturnType<typeof started>;

	test('holds the values that are marked, in their order, and leaves the others', () => {
		const start = started();
		const all = { ...start, size: MARK, packedSize: MARK, offset: MARK };
		const three = field(1, ...uint64(GIB4), ...uint64(GIB4 + 1), ...uint64(GIB4 + 2));
		expect(withZip64(all, fields(field(7, 1), three), PATH)).toEqual({
			...start,
			size: GIB4,
			packedSize: GIB4 + 1,
			offset: GIB4 + 2,
		});
		const far = { ...start, offset: MARK };
		expect(withZip64(far, fields(field(1, ...uint64(GIB4))), PATH)).toEqual({ ...start, offset: GIB4 });
	});

	test.each<[string, Partial<Start>, number[][]]>([
		['that is not there', { offset: MARK }, []],
		['that nobody asked for', {}, [field(1, ...uint64(5))]],
		['with a value too few', { size: MARK, packedSize: MARK }, [field(1, ...uint64(5))]],
		['with a value too many', { offset: MARK }, [field(1, ...uint64(5), ...uint64(5))]],
		['of half a value', { offset: MARK }, [field(1, 0, 0, 0, 0)]],
		['that is there twice', { offset: MARK }, [field(1, ...uint64(5)), field(1, ...uint64(5))]],
	])('%s is damaged', (_, marked, extra) => {
		expect(() => withZip64({ ...started(), ...marked }, fields(...extra), PATH)).toThrow(
			`A file has a damaged Zip64 field (${PATH})`,
		);
	});
});
