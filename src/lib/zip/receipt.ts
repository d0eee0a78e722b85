import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';
import type { ArchiveEntry } from './archive';
import { BlobWindow } from './blob-window';
import { ReceiptError } from './errors';
import { END_SIZE, LINE_SIZE, LOCAL_SIZE, MAX_COMMENT_SIZE } from './format';
import {
	checkExtra,
	checkStored,
	findEndRecord,
	type HeaderStart,
	readLine,
	readLocal,
	readPath,
	sameBytes,
} from './read-records';

/** A line of the directory. */
interface Line extends HeaderStart {
	path: string;
	name: Uint8Array;
	extra: Uint8Array;
}

/**
 * Reads an archive back and checks it against the very bytes it was written from: see `readReceipt` for the form.
 * @param expected what must be in it, in any order.
 * @returns what is in it.
 * @throws ReceiptError on any difference in number, path, size or CRC-32; the signal's reason when aborted.
 */
export async function verifyArchive(
	blob: Blob,
	expected: readonly ArchiveEntry[],
	signal: AbortSignal,
	onShare?: (share: number) => void,
): Promise<ArchiveEntry[]> {
	const entries = await readReceipt(blob, signal, onShare);
	const found = new Map(entries.map((entry) => [entry.path, entry]));

	for (const { path, size, crc32 } of expected) {
		const entry = found.get(path);
		if (!entry) throw new ReceiptError('A file is missing in the archive', path);
		if (entry.size !== size) throw new ReceiptError('A file in the archive has another size', path);
		if (entry.crc32 !== crc32) throw new ReceiptError('A file in the archive has other bytes', path);
		found.delete(path);
	}
	for (const path of found.keys()) throw new ReceiptError('The archive has a file too many', path);
	return entries;
}

/**
 * Reads what is in an archive of stored files, the size and CRC-32 taken from the bytes as they are in it. Directory
 * and local headers must agree, and the entries must cover the file without gap or overlap. Holds 4 MiB at a time.
 * @param onShare is told 0 to 1.
 * @throws ReceiptError for anything else, however damaged; the signal's reason when aborted.
 */
export async function readReceipt(
	blob: Blob,
	signal: AbortSignal,
	onShare?: (share: number) => void,
): Promise<ArchiveEntry[]> {
	const window = new BlobWindow(blob, signal);
	const tailSize = Math.min(blob.size, END_SIZE + MAX_COMMENT_SIZE);
	const end = findEndRecord(await window.exactly(blob.size - tailSize, tailSize));
	const directoryEnd = blob.size - tailSize + end.at;
	if (end.directoryOffset + end.directorySize !== directoryEnd) {
		throw new ReceiptError('The directory of the archive is not where its end record says');
	}

	const lines = await readDirectory(window, end.directoryOffset, directoryEnd, end.entries);
	let offset = 0;
	for (const line of [...lines].sort((a, b) => a.offset - b.offset)) {
		if (line.offset !== offset)
			throw new ReceiptError('There is a gap or an overlap before a file', line.path);
		const start = await checkLocal(window, line);
		offset = start + line.size;
		if (offset > end.directoryOffset) throw new ReceiptError('A file reaches into the directory', line.path);
		await checkBytes(window, line, start, (at) => onShare?.(at / blob.size));
	}
	if (offset !== end.directoryOffset) throw new ReceiptError('There is a gap before the directory');
	onShare?.(1);
	return lines.map(({ path, size, crc32 }) => ({ path, size, crc32 }));
}

async function readDirectory(
	window: BlobWindow,
	start: number,
	end: number,
	entries: number,
): Promise<Line[]> {
	const lines: Line[] = [];
	const paths = new Set<string>();
	let at = start;
	while (at < end && lines.length < entries) {
		const line = await readWholeLine(window, at, end);
		if (paths.has(line.path)) throw new ReceiptError('The archive has two files of one name', line.path);
		paths.add(line.path);
		lines.push(line);
		at += LINE_SIZE + line.nameSize + line.extraSize + line.commentSize;
	}
	if (at !== end || lines.length !== entries) {
		throw new ReceiptError('The directory of the archive has another number of files than it says');
	}
	return lines;
}

async function readWholeLine(window: BlobWindow, at: number, end: number): Promise<Line> {
	const textsAt = at + LINE_SIZE;
	if (textsAt > end) throw new ReceiptError('The directory of the archive is cut short');
	const line = readLine(await window.exactly(at, LINE_SIZE));
	if (textsAt + line.nameSize + line.extraSize + line.commentSize > end) {
		throw new ReceiptError('The directory of the archive is cut short');
	}
	const texts = await window.exactly(textsAt, line.nameSize + line.extraSize);
	const name = texts.slice(0, line.nameSize);
	const extra = texts.slice(line.nameSize);
	const path = readPath(name, line.flags);
	checkStored(line, path);
	checkExtra(extra, name, path);
	return { ...line, path, name, extra };
}

/** Returns where the file's bytes begin. */
async function checkLocal(window: BlobWindow, line: Line): Promise<number> {
	const local = readLocal(await window.exactly(line.offset, LOCAL_SIZE), line.path);
	const textsAt = line.offset + LOCAL_SIZE;
	const texts = await window.exactly(textsAt, local.nameSize + local.extraSize);
	if (
		!sameBytes(local.shared, line.shared) ||
		!sameBytes(texts.subarray(0, local.nameSize), line.name) ||
		!sameBytes(texts.subarray(local.nameSize), line.extra)
	) {
		throw new ReceiptError('A file says something else about itself than the directory does', line.path);
	}
	return textsAt + texts.length;
}

async function checkBytes(
	window: BlobWindow,
	line: Line,
	start: number,
	onOffset: (offset: number) => void,
): Promise<void> {
	let crc = crc32Init();
	const end = start + line.size;
	for (let at = start; at < end;) {
		const bytes = await window.some(at, end - at);
		crc = crc32Update(crc, bytes);
		at += bytes.length;
		onOffset(at);
	}
	if (crc32Final(crc) !== line.crc32) throw new ReceiptError('A file in the archive is damaged', line.path);
}
