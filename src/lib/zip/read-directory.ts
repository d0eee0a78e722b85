import type { BlobWindow } from './blob-window';
import { sameBytes } from './bytes';
import { ReceiptError } from './errors';
import { LINE_SIZE, LOCAL_SIZE } from './format';
import type { EndRecord } from './read-end';
import {
	checkStored,
	checkUnicodePath,
	type ExtraField,
	type HeaderStart,
	readExtra,
	readLine,
	readLocal,
	readPath,
	sameExtra,
	withZip64,
} from './read-records';

/** A line of the directory. */
export interface Line extends HeaderStart {
	path: string;
	name: Uint8Array;
	extra: ExtraField[];
}

/** What can be read at any place, such as a `BlobWindow`. */
export interface Readable {
	/** Exactly so many bytes. @throws ReceiptError when they can't be had */
	exactly(offset: number, length: number): Promise<Uint8Array>;
}

/**
 * The directory, in its own order; each line says something that our writers could have said, and no path is there twice.
 * @throws ReceiptError for anything else; the signal's reason
 */
export async function readDirectory(window: BlobWindow, end: EndRecord): Promise<Line[]> {
	if (end.directoryOffset + end.directorySize !== end.at) {
		throw new ReceiptError('The directory of the archive is not where its end record says');
	}
	const lines: Line[] = [];
	const paths = new Set<string>();
	let at = end.directoryOffset;
	while (at < end.at && lines.length < end.entries) {
		const { line, size } = await readWholeLine(window, at, end.at);
		if (paths.has(line.path)) throw new ReceiptError('The archive has two files of one name', line.path);
		paths.add(line.path);
		lines.push(line);
		at += size;
	}
	if (at !== end.at || lines.length !== end.entries) {
		throw new ReceiptError('The directory of the archive has another number of files than it says');
	}
	return lines;
}

async function readWholeLine(
	window: Readable,
	at: number,
	end: number,
): Promise<{ line: Line; size: number }> {
	const textsAt = at + LINE_SIZE;
	if (textsAt > end) throw new ReceiptError('The directory of the archive is cut short');
	const start = readLine(await window.exactly(at, LINE_SIZE));
	const size = LINE_SIZE + start.nameSize + start.extraSize + start.commentSize;
	if (at + size > end) throw new ReceiptError('The directory of the archive is cut short');
	const texts = await window.exactly(textsAt, start.nameSize + start.extraSize);
	const name = texts.slice(0, start.nameSize);
	const path = readPath(name, start.flags);
	const extra = readExtra(texts.slice(start.nameSize), path);
	checkUnicodePath(extra, name, path);
	const header = withZip64(start, extra, path);
	checkStored(header, path);
	return { line: { ...header, path, name, extra }, size };
}

/**
 * A file's local header, which must say what the directory says. Returns where the file's bytes begin.
 * @throws ReceiptError on any difference; the signal's reason
 */
export async function checkLocal(source: Readable, line: Line): Promise<number> {
	const { path, offset } = line;
	const start = readLocal(await source.exactly(offset, LOCAL_SIZE), path);
	const textsAt = offset + LOCAL_SIZE;
	const texts = await source.exactly(textsAt, start.nameSize + start.extraSize);
	const extra = readExtra(texts.subarray(start.nameSize), path);
	const local = withZip64(start, extra, path);
	if (
		!sameBytes(local.shared, line.shared) ||
		!sameBytes(texts.subarray(0, start.nameSize), line.name) ||
		!sameExtra(extra, line.extra) ||
		local.size !== line.size ||
		local.packedSize !== line.packedSize
	) {
		throw new ReceiptError('A file says something else about itself than the directory does', path);
	}
	return textsAt + texts.length;
}
