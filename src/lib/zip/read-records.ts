import { crc32 } from '@foxglove/crc';
import { ReceiptError } from './errors';
import {
	END_SIGNATURE,
	END_SIZE,
	FIELD_UNICODE_PATH,
	FIELD_ZIP64,
	FLAG_DATA_DESCRIPTOR,
	FLAG_ENCRYPTED,
	FLAG_UTF8,
	LINE_SIGNATURE,
	LOCAL_SIGNATURE,
	MAX_CLASSIC_BYTES,
	MAX_CLASSIC_ENTRIES,
	ZIP64_LOCATOR_SIGNATURE,
	ZIP64_LOCATOR_SIZE,
} from './format';

/**
 * The records of a ZIP file, without Zip64. Pure. Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 (local header),
 * 4.3.12 (directory), 4.3.16 (end record) and 4.6.9 (Unicode path):
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. All numbers are little-endian.
 */

export interface EndRecord {
	/** Where the record begins, in bytes from the start of what was searched. */
	at: number;
	entries: number;
	directoryOffset: number;
	directorySize: number;
}

/** The fixed part of a line of the directory, or of a local header (where the fields it lacks are 0). */
export interface HeaderStart {
	/** The 24 bytes from "version needed" to "name length", which both records of an entry have in common. */
	shared: Uint8Array;
	flags: number;
	method: number;
	crc32: number;
	packedSize: number;
	size: number;
	nameSize: number;
	extraSize: number;
	commentSize: number;
	/** The disk that the entry is on: always 0. */
	disk: number;
	/** Where the entry's local header begins, in bytes from the start of the file. */
	offset: number;
}

/**
 * Finds the end record in the last bytes of a file, which must go on to its very end.
 * @throws ReceiptError when there is none, or when it speaks of Zip64 or of several disks.
 */
export function findEndRecord(tail: Uint8Array): EndRecord {
	const view = viewOf(tail);
	for (let at = tail.length - END_SIZE; at >= 0; at--) {
		if (view.getUint32(at, true) !== END_SIGNATURE) continue;
		if (at + END_SIZE + view.getUint16(at + 20, true) !== tail.length) continue;
		return readEndRecord(view, at);
	}
	throw new ReceiptError('The archive has no end record: it is cut short or no ZIP file');
}

function readEndRecord(view: DataView, at: number): EndRecord {
	const entries = view.getUint16(at + 10, true);
	const directorySize = view.getUint32(at + 12, true);
	const directoryOffset = view.getUint32(at + 16, true);
	const locator = at - ZIP64_LOCATOR_SIZE;
	if (
		entries > MAX_CLASSIC_ENTRIES ||
		directorySize > MAX_CLASSIC_BYTES ||
		directoryOffset > MAX_CLASSIC_BYTES ||
		(locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR_SIGNATURE)
	) {
		throw new ReceiptError('The archive is in the Zip64 format, which cannot be checked here');
	}
	const [disk, directoryDisk, entriesHere] = [4, 6, 8].map((field) => view.getUint16(at + field, true));
	if (disk !== 0 || directoryDisk !== 0 || entriesHere !== entries) {
		throw new ReceiptError('The archive says that it is one part of several');
	}
	return { at, entries, directoryOffset, directorySize };
}

/** The first 46 bytes of a line of the directory. @throws ReceiptError when they are none. */
export function readLine(bytes: Uint8Array): HeaderStart {
	const view = viewOf(bytes);
	if (view.getUint32(0, true) !== LINE_SIGNATURE) {
		throw new ReceiptError('The directory of the archive is damaged');
	}
	return {
		...readShared(bytes, 6),
		commentSize: view.getUint16(32, true),
		disk: view.getUint16(34, true),
		offset: view.getUint32(42, true),
	};
}

/** The first 30 bytes of the local header of `path`. @throws ReceiptError when they are none. */
export function readLocal(bytes: Uint8Array, path: string): HeaderStart {
	if (viewOf(bytes).getUint32(0, true) !== LOCAL_SIGNATURE) {
		throw new ReceiptError('A file is not where the directory says', path);
	}
	return { ...readShared(bytes, 4), commentSize: 0, disk: 0, offset: 0 };
}

function readShared(bytes: Uint8Array, at: number): Omit<HeaderStart, 'commentSize' | 'disk' | 'offset'> {
	const shared = bytes.slice(at, at + 24);
	const view = viewOf(shared);
	return {
		shared,
		flags: view.getUint16(2, true),
		method: view.getUint16(4, true),
		crc32: view.getUint32(10, true),
		packedSize: view.getUint32(14, true),
		size: view.getUint32(18, true),
		nameSize: view.getUint16(22, true),
		extraSize: viewOf(bytes).getUint16(at + 24, true),
	};
}

/**
 * An entry's path: UTF-8 where the flag says so, else ASCII only, because unpackers disagree about the rest.
 * @throws ReceiptError when the bytes are neither.
 */
export function readPath(name: Uint8Array, flags: number): string {
	if ((flags & FLAG_UTF8) === 0 && name.some((byte) => byte > 0x7f)) {
		throw new ReceiptError('A name in the archive is not marked as UTF-8');
	}
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
	} catch (cause) {
		throw new ReceiptError('A name in the archive is not UTF-8', null, { cause });
	}
}

/** Refuses what a writer of ours never makes. @throws ReceiptError */
export function checkStored(
	{ flags, method, packedSize, size, offset, disk }: HeaderStart,
	path: string,
): void {
	if (packedSize > MAX_CLASSIC_BYTES || size > MAX_CLASSIC_BYTES || offset > MAX_CLASSIC_BYTES) {
		throw new ReceiptError('A file is in the Zip64 format, which cannot be checked here', path);
	}
	if (flags & FLAG_ENCRYPTED) throw new ReceiptError('A file is encrypted', path);
	if (flags & FLAG_DATA_DESCRIPTOR) throw new ReceiptError('A file has its size behind it', path);
	if (flags & ~FLAG_UTF8) throw new ReceiptError('A file has flags that mean nothing here', path);
	if (method !== 0) throw new ReceiptError('A file is compressed', path);
	if (packedSize !== size) throw new ReceiptError('A file has two sizes', path);
	if (disk !== 0) throw new ReceiptError('A file is said to be in another part of the archive', path);
}

/**
 * Extra fields must be whole, and the name that some unpackers prefer must be the name.
 * @throws ReceiptError
 */
export function checkExtra(extra: Uint8Array, name: Uint8Array, path: string): void {
	const view = viewOf(extra);
	for (let at = 0; at < extra.length;) {
		const end = at + 4 <= extra.length ? at + 4 + view.getUint16(at + 2, true) : Infinity;
		if (end > extra.length) throw new ReceiptError('A file has damaged extra fields', path);
		const id = view.getUint16(at, true);
		if (id === FIELD_ZIP64) {
			throw new ReceiptError('A file is in the Zip64 format, which cannot be checked here', path);
		}
		if (id === FIELD_UNICODE_PATH && !isUnicodePath(extra.subarray(at + 4, end), name)) {
			throw new ReceiptError('A file has two names', path);
		}
		at = end;
	}
}

/** Version 1, the CRC-32 of the name in the header, the name in UTF-8. */
function isUnicodePath(field: Uint8Array, name: Uint8Array): boolean {
	return (
		field.length >= 5 &&
		field[0] === 1 &&
		viewOf(field).getUint32(1, true) === crc32(name) &&
		sameBytes(field.subarray(5), name)
	);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
