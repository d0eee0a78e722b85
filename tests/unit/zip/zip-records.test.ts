import { describe, expect, test } from 'vitest';
import type { PlacedEntry } from '$lib/zip/archive';
import { entryTime } from '$lib/zip/entry-time';
import { directoryLine, endRecords, localHeader } from '$lib/zip/records';

const GIB4 = 0x1_0000_0000;
// 24 November 2026, 07:58:42 (2026 is year 46): 46 << 9 | 11 << 5 | 24, and 7 << 11 | 58 << 5 | 21.
const entry: PlacedEntry = {
	path: 'é',
	size: 5,
	crc32: 0xcbf43926,
	offset: 0x01020304,
	dosTime: 0x5d78_3f55,
	unixTime: 0x6a00_0001,
};

/** Hexadecimal, a group for each field. */
function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}

function fields(text: string): string {
	return text.replace(/\s+|\/\/.*$/gm, '');
}

const TIME = '5554 0500 01 0100006a';

describe('given a file', () => {
	test('its local header is that of APPNOTE 4.3.7', () => {
		expect(hex(localHeader(entry))).toBe(
			fields(`504b0304 0a00 0008 0000 553f 785d 2639f4cb 05000000 05000000 0200 0900 c3a9 ${TIME}`),
		);
	});

	test('its line in the directory is that of APPNOTE 4.3.12, made on DOS without permissions', () => {
		expect(hex(directoryLine(entry))).toBe(
			fields(`504b0102 1400 0a00 0008 0000 553f 785d 2639f4cb 05000000 05000000 0200 0900
				0000 0000 0000 00000000 04030201 c3a9 ${TIME}`),
		);
	});

	test('a time that 31 bits can not say is left to DOS time', () => {
		expect(hex(localHeader({ ...entry, unixTime: null }))).toBe(
			fields('504b0304 0a00 0008 0000 553f 785d 2639f4cb 05000000 05000000 0200 0000 c3a9'),
		);
	});
});

describe('given Zip64', () => {
	test('a size of 4 GiB - 2 needs none, one byte more does: both sizes, in both records', () => {
		const classic = { ...entry, size: GIB4 - 2 };
		expect(localHeader(classic)).toHaveLength(localHeader(entry).length);
		expect(directoryLine(classic)).toHaveLength(directoryLine(entry).length);

		const large = { ...entry, size: GIB4 - 1 };
		const zip64 = '0100 1000 ffffffff00000000 ffffffff00000000';
		expect(hex(localHeader(large))).toBe(
			fields(`504b0304 2d00 0008 0000 553f 785d 2639f4cb ffffffff ffffffff 0200 1d00 c3a9 ${TIME} ${zip64}`),
		);
		expect(hex(directoryLine(large))).toBe(
			fields(`504b0102 2d00 2d00 0008 0000 553f 785d 2639f4cb ffffffff ffffffff 0200 1d00
				0000 0000 0000 00000000 04030201 c3a9 ${TIME} ${zip64}`),
		);
	});

	test('an offset of 4 GiB - 2 needs none, one byte more does: in the directory only', () => {
		const classic = { ...entry, offset: GIB4 - 2 };
		expect(directoryLine(classic)).toHaveLength(directoryLine(entry).length);

		const far = { ...entry, offset: GIB4 - 1 };
		expect(hex(localHeader(far))).toBe(
			fields(`504b0304 2d00 0008 0000 553f 785d 2639f4cb 05000000 05000000 0200 0900 c3a9 ${TIME}`),
		);
		expect(hex(directoryLine(far))).toBe(
			fields(`504b0102 2d00 2d00 0008 0000 553f 785d 2639f4cb 05000000 05000000 0200 1500
				0000 0000 0000 00000000 ffffffff c3a9 ${TIME} 0100 0800 ffffffff00000000`),
		);
	});

	test('with a large size and a large offset, the directory says them in this order', () => {
		const line = hex(directoryLine({ ...entry, size: GIB4 + 1, offset: 2 * GIB4 + 2 }));
		expect(line.endsWith(fields('0100 1800 0100000001000000 0100000001000000 0200000002000000'))).toBe(true);
	});

	test('the end needs it past 65,534 files, or 4 GiB - 2 before or in the directory', () => {
		expect(hex(endRecords(65_534, 0x01020304, 0x05060708))).toBe(
			fields('504b0506 0000 0000 feff feff 08070605 04030201 0000'),
		);
		for (const [entries, offset, size] of [
			[65_535, 0, 0],
			[0, GIB4 - 1, 0],
			[0, 0, GIB4 - 1],
		] as const) {
			expect(endRecords(entries, offset, size)).toHaveLength(56 + 20 + 22);
			expect(
				endRecords(Math.max(0, entries - 1), Math.max(0, offset - 1), Math.max(0, size - 1)),
			).toHaveLength(22);
		}
		expect(hex(endRecords(65_536, GIB4, 0x10))).toBe(
			fields(`504b0606 2c00000000000000 2d00 2d00 00000000 00000000 0000010000000000 0000010000000000
				1000000000000000 0000000001000000
				504b0607 00000000 1000000001000000 01000000
				504b0506 0000 0000 ffff ffff 10000000 ffffffff 0000`),
		);
	});
});

describe('given a date', () => {
	test('it is local time in DOS form, and UTC', () => {
		const date = new Date(2026, 10, 24, 7, 58, 43);
		expect(entryTime(date)).toEqual({ dosTime: entry.dosTime, unixTime: date.getTime() / 1000 });
	});

	test('before 1980, after 2107 and after January 2038 it is the nearest that the fields can say, or none', () => {
		expect(entryTime(new Date(1979, 11, 31)).dosTime).toBe(0x0021_0000);
		expect(entryTime(new Date(2108, 0, 1)).dosTime).toBe(0xff9f_bf7d);
		expect(entryTime(new Date(1980, 5, 15, 1, 2, 4)).dosTime).toBe(0x00cf_0842);
		expect(entryTime(new Date(2107, 0, 2, 1, 2, 4)).dosTime).toBe(0xfe22_0842);
		expect(entryTime(new Date(1969, 0, 1)).unixTime).toBeNull();
		expect(entryTime(new Date(0)).unixTime).toBe(0);
		expect(entryTime(new Date(0x7fff_ffff * 1000)).unixTime).toBe(0x7fff_ffff);
		expect(entryTime(new Date(0x8000_0000 * 1000)).unixTime).toBeNull();
	});
});
