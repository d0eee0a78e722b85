import { crc32 } from '@foxglove/crc';
import { readUint64, sameBytes, viewOf } from './bytes';
import { ReceiptError } from './errors';
import {
	FIELD_UNICODE_PATH,
	FIELD_ZIP64,
	FLAG_DATA_DESCRIPTOR,
	FLAG_ENCRYPTED,
	FLAG_UTF8,
	IN_ZIP64_32,
	LINE_SIGNATURE,
	LOCAL_SIGNATURE,
} from './format';

/**
 * Reads the records of an archive of stored files, and refuses what a writer of ours never makes. Pure. Source: see
 * `format.ts`; the sections of APPNOTE are 4.3.7 (local header), 4.3.12 (directory), 4.5.3
 * (Zip64) and 4.6.9 (Unicode path).
 */

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
export function checkStored({ flags, method, packedSize, size, disk }: HeaderStart, path: string): void {
	if (flags & FLAG_ENCRYPTED) throw new ReceiptError('A file is encrypted', path);
	if (flags & FLAG_DATA_DESCRIPTOR) throw new ReceiptError('A file has its size behind it', path);
	if (flags & ~FLAG_UTF8) throw new ReceiptError('A file has flags that mean nothing here', path);
	if (method !== 0) throw new ReceiptError('A file is compressed', path);
	if (packedSize !== size) throw new ReceiptError('A file has two sizes', path);
	if (disk !== 0) throw new ReceiptError('A file is said to be in another part of the archive', path);
}

/** An extra field: what it holds, and all of it with its id and length. */
export interface ExtraField {
	id: number;
	data: Uint8Array;
	whole: Uint8Array;
}

/** The extra fields of a header, which must fill their place. @throws ReceiptError */
export function readExtra(extra: Uint8Array, path: string): ExtraField[] {
	const view = viewOf(extra);
	const fields: ExtraField[] = [];
	for (let at = 0; at < extra.length;) {
		const end = at + 4 <= extra.length ? at + 4 + view.getUint16(at + 2, true) : Infinity;
		if (end > extra.length) throw new ReceiptError('A file has damaged extra fields', path);
		fields.push({
			id: view.getUint16(at, true),
			data: extra.subarray(at + 4, end),
			whole: extra.subarray(at, end),
		});
		at = end;
	}
	return fields;
}

/** The name that some unpackers prefer must be the name. @throws ReceiptError */
export function checkUnicodePath(fields: readonly ExtraField[], name: Uint8Array, path: string): void {
	for (const { id, data } of fields) {
		if (id === FIELD_UNICODE_PATH && !isUnicodePath(data, name)) {
			throw new ReceiptError('A file has two names', path);
		}
	}
}

/**
 * The header with the values that are only in its Zip64 field, which must hold these and no others, in the order of 4.5.3.
 * @throws ReceiptError
 */
export function withZip64(header: HeaderStart, fields: readonly ExtraField[], path: string): HeaderStart {
	const marked = (['size', 'packedSize', 'offset'] as const).filter((key) => header[key] === IN_ZIP64_32);
	const zip64 = fields.filter(({ id }) => id === FIELD_ZIP64);
	const data = zip64[0]?.data ?? new Uint8Array(0);
	if (zip64.length > 1 || data.length !== 8 * marked.length) {
		throw new ReceiptError('A file has a damaged Zip64 field', path);
	}
	const view = viewOf(data);
	return {
		...header,
		...Object.fromEntries(marked.map((key, index) => [key, readUint64(view, 8 * index)])),
	};
}

/** Whether two headers of a file have the same extra fields, but for Zip64, where the local one has no offset. */
export function sameExtra(a: readonly ExtraField[], b: readonly ExtraField[]): boolean {
	const [ours, theirs] = [a, b].map((fields) => fields.filter(({ id }) => id !== FIELD_ZIP64));
	return (
		ours!.length === theirs!.length &&
		ours!.every(({ whole }, index) => sameBytes(whole, theirs![index]!.whole))
	);
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
