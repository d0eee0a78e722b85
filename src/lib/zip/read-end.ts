import { readUint64, viewOf } from './bytes';
import { ReceiptError } from './errors';
import {
	END_SIGNATURE,
	END_SIZE,
	IN_ZIP64_16,
	IN_ZIP64_32,
	MAX_CLASSIC_BYTES,
	MAX_CLASSIC_ENTRIES,
	MAX_COMMENT_SIZE,
	VERSION_ZIP64,
	ZIP64_END_SIGNATURE,
	ZIP64_END_SIZE,
	ZIP64_LOCATOR_SIGNATURE,
	ZIP64_LOCATOR_SIZE,
} from './format';

/** What ends an archive. Pure. Source: APPNOTE 4.3.14 to 4.3.16. */
export interface EndRecord {
	/** Where the end records begin, and so where the directory must end. Bytes from the start of the file, like all offsets. */
	at: number;
	entries: number;
	directoryOffset: number;
	directorySize: number;
}

/** The longest that the end records can be. */
export const MAX_TAIL_SIZE = ZIP64_END_SIZE + ZIP64_LOCATOR_SIZE + END_SIZE + MAX_COMMENT_SIZE;

/**
 * Finds the end records in the last bytes of a file, which must go on to its very end.
 * @param start where these bytes begin in the file
 * @throws ReceiptError when there are none, or when they speak of several disks
 */
export function findEndRecord(tail: Uint8Array, start: number): EndRecord {
	const view = viewOf(tail);
	for (let at = tail.length - END_SIZE; at >= 0; at--) {
		if (view.getUint32(at, true) !== END_SIGNATURE) continue;
		if (at + END_SIZE + view.getUint16(at + 20, true) !== tail.length) continue;
		return readEndRecord(view, at, start);
	}
	throw new ReceiptError('The archive has no end record: it is cut short or no ZIP file');
}

function readEndRecord(view: DataView, at: number, start: number): EndRecord {
	const entries = view.getUint16(at + 10, true);
	const directorySize = view.getUint32(at + 12, true);
	const directoryOffset = view.getUint32(at + 16, true);
	const [disk, directoryDisk, entriesHere] = [4, 6, 8].map((field) => view.getUint16(at + field, true));
	if (disk !== 0 || directoryDisk !== 0 || entriesHere !== entries) {
		throw new ReceiptError('The archive says that it is one part of several');
	}
	const locatorAt = at - ZIP64_LOCATOR_SIZE;
	if (locatorAt >= 0 && view.getUint32(locatorAt, true) === ZIP64_LOCATOR_SIGNATURE) {
		const zip64 = readZip64End(view, locatorAt, start);
		if (
			entries !== Math.min(zip64.entries, IN_ZIP64_16) ||
			directorySize !== Math.min(zip64.directorySize, IN_ZIP64_32) ||
			directoryOffset !== Math.min(zip64.directoryOffset, IN_ZIP64_32)
		) {
			throw new ReceiptError('The end record of the archive says something else than its Zip64 record');
		}
		return zip64;
	}
	if (
		entries > MAX_CLASSIC_ENTRIES ||
		directorySize > MAX_CLASSIC_BYTES ||
		directoryOffset > MAX_CLASSIC_BYTES
	) {
		throw new ReceiptError('The archive lacks its Zip64 record');
	}
	return { at: start + at, entries, directoryOffset, directorySize };
}

/** The Zip64 record, right before its locator. */
function readZip64End(view: DataView, locatorAt: number, start: number): EndRecord {
	const at = locatorAt - ZIP64_END_SIZE;
	const locates =
		view.getUint32(locatorAt + 4, true) === 0 &&
		readUint64(view, locatorAt + 8) === start + at &&
		view.getUint32(locatorAt + 16, true) === 1;
	if (at < 0 || !locates || view.getUint32(at, true) !== ZIP64_END_SIGNATURE) {
		throw new ReceiptError('The Zip64 record of the archive is not where it should be');
	}
	const entries = readUint64(view, at + 32);
	const isWhole =
		readUint64(view, at + 4) === ZIP64_END_SIZE - 12 &&
		view.getUint16(at + 14, true) === VERSION_ZIP64 &&
		view.getUint32(at + 16, true) === 0 &&
		view.getUint32(at + 20, true) === 0 &&
		readUint64(view, at + 24) === entries;
	if (!isWhole) throw new ReceiptError('The Zip64 record of the archive is damaged');
	return {
		at: start + at,
		entries,
		directorySize: readUint64(view, at + 40),
		directoryOffset: readUint64(view, at + 48),
	};
}
