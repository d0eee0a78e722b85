import type { PlacedEntry } from './archive';
import {
	END_SIGNATURE,
	FIELD_TIME,
	FIELD_ZIP64,
	FLAG_UTF8,
	IN_ZIP64_16,
	IN_ZIP64_32,
	LINE_SIGNATURE,
	LOCAL_SIGNATURE,
	MAX_CLASSIC_BYTES,
	MAX_CLASSIC_ENTRIES,
	VERSION_MADE_BY,
	VERSION_STORED,
	VERSION_ZIP64,
	ZIP64_END_SIGNATURE,
	ZIP64_END_SIZE,
	ZIP64_LOCATOR_SIGNATURE,
} from './format';

/**
 * The records of an archive of stored files, as bytes. Pure. The sizes and CRC-32 of a file are known when it is added,
 * so no data descriptor follows it. Zip64 is used where a value needs it, and nowhere else: old unpackers read the rest.
 */

type Field = [bytes: 1 | 2 | 4 | 8, value: number];

/** What stands before the file's bytes: APPNOTE 4.3.7. */
export function localHeader(entry: PlacedEntry): Uint8Array {
	const name = nameOf(entry);
	// Both sizes or none, in this place: 4.5.3.
	const extra = join(timeField(entry), zip64Field(isLarge(entry.size) ? [entry.size, entry.size] : []));
	return join(pack([4, LOCAL_SIGNATURE], ...shared(entry, name), [2, extra.length]), name, extra);
}

/** A file's line in the directory: APPNOTE 4.3.12. Made on DOS, without permissions: an unpacker sets its usual ones. */
export function directoryLine(entry: PlacedEntry): Uint8Array {
	const name = nameOf(entry);
	const { size, offset } = entry;
	// Exactly the values that are marked below, in this order: 4.5.3.
	const large = [...(isLarge(size) ? [size, size] : []), ...(isLarge(offset) ? [offset] : [])];
	const extra = join(timeField(entry), zip64Field(large));
	const start = pack(
		[4, LINE_SIGNATURE],
		[2, large.length > 0 ? VERSION_ZIP64 : VERSION_MADE_BY],
		...shared(entry, name),
		[2, extra.length],
		// The comment's length, the disk, the internal and the external attributes.
		...([2, 2, 2, 4] as const).map((bytes): Field => [bytes, 0]),
		[4, marked(offset)],
	);
	return join(start, name, extra);
}

/** What ends the file: APPNOTE 4.3.16, with the Zip64 record and its locator (4.3.14, 4.3.15) where they are needed. */
export function endRecords(entries: number, directoryOffset: number, directorySize: number): Uint8Array {
	const needsZip64 = entries > MAX_CLASSIC_ENTRIES || isLarge(directoryOffset) || isLarge(directorySize);
	const count = Math.min(entries, IN_ZIP64_16);
	const end = pack(
		[4, END_SIGNATURE],
		[2, 0],
		[2, 0],
		[2, count],
		[2, count],
		[4, marked(directorySize)],
		[4, marked(directoryOffset)],
		[2, 0],
	);
	if (!needsZip64) return end;

	const zip64 = pack(
		[4, ZIP64_END_SIGNATURE],
		// Without this field and the signature: 4.3.14.1.
		[8, ZIP64_END_SIZE - 12],
		[2, VERSION_ZIP64],
		[2, VERSION_ZIP64],
		[4, 0],
		[4, 0],
		[8, entries],
		[8, entries],
		[8, directorySize],
		[8, directoryOffset],
	);
	const locator = pack(
		[4, ZIP64_LOCATOR_SIGNATURE],
		[4, 0],
		[8, directoryOffset + directorySize],
		// The number of disks.
		[4, 1],
	);
	return join(zip64, locator, end);
}

/** From "version needed" to "name length": in both records of a file the same, byte for byte. */
function shared({ size, crc32, offset, dosTime }: PlacedEntry, name: Uint8Array): Field[] {
	return [
		[2, isLarge(size) || isLarge(offset) ? VERSION_ZIP64 : VERSION_STORED],
		[2, FLAG_UTF8],
		// Stored.
		[2, 0],
		[4, dosTime],
		[4, crc32],
		[4, marked(size)],
		[4, marked(size)],
		[2, name.length],
	];
}

/** Only the time of change, so that it reads the same in both records. */
function timeField({ unixTime }: PlacedEntry): Uint8Array {
	return unixTime === null ? new Uint8Array(0) : pack([2, FIELD_TIME], [2, 5], [1, 1], [4, unixTime]);
}

function zip64Field(values: number[]): Uint8Array {
	if (values.length === 0) return new Uint8Array(0);
	return pack([2, FIELD_ZIP64], [2, 8 * values.length], ...values.map((value): Field => [8, value]));
}

function nameOf({ path }: PlacedEntry): Uint8Array {
	return new TextEncoder().encode(path);
}

function isLarge(value: number): boolean {
	return value > MAX_CLASSIC_BYTES;
}

function marked(value: number): number {
	return Math.min(value, IN_ZIP64_32);
}

function pack(...fields: Field[]): Uint8Array {
	const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
	const view = new DataView(bytes.buffer);
	let at = 0;
	for (const [size, value] of fields) {
		if (size === 1) view.setUint8(at, value);
		else if (size === 2) view.setUint16(at, value, true);
		else if (size === 4) view.setUint32(at, value, true);
		else view.setBigUint64(at, BigInt(value), true);
		at += size;
	}
	return bytes;
}

function join(...parts: Uint8Array[]): Uint8Array {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}
