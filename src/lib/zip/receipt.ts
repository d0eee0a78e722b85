import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';
import type { ArchiveEntry } from './archive';
import { BlobWindow } from './blob-window';
import { breathe } from '$lib/net/breathe';
import { ReceiptError } from './errors';
import { checkLocal, type Line, type Readable, readDirectory } from './read-directory';
import { findEndRecord, MAX_TAIL_SIZE } from './read-end';

/** Spares the reading of bytes that are known to be right: of these files, only what the archive says about them is read. */
export interface Shortcut {
	/** Of which files the bytes are read all the same. */
	readsBytesOf(path: string): boolean;
	/** Reads local headers from the same file: a Blob takes half a millisecond for each. */
	headers: Readable;
}

/** Headers between two looks at the signal. */
const BREATH = 1000;

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
	shortcut?: Shortcut,
): Promise<ArchiveEntry[]> {
	const entries = await readReceipt(blob, signal, onShare, shortcut);
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
 * and local headers must agree, and the entries must cover the file without gap or overlap. Holds the directory, and 4 MiB
 * at a time.
 * @param onShare is told 0 to 1.
 * @throws ReceiptError for anything else, however damaged; the signal's reason when aborted.
 */
export async function readReceipt(
	blob: Blob,
	signal: AbortSignal,
	onShare?: (share: number) => void,
	shortcut?: Shortcut,
): Promise<ArchiveEntry[]> {
	const window = new BlobWindow(blob, signal);
	const tailSize = Math.min(blob.size, MAX_TAIL_SIZE);
	const tailAt = blob.size - tailSize;
	const end = findEndRecord(await window.exactly(tailAt, tailSize), tailAt);
	const lines = await readDirectory(window, end);

	let offset = 0;
	let headers = 0;
	for (const line of lines.toSorted((a, b) => a.offset - b.offset)) {
		if (line.offset !== offset)
			throw new ReceiptError('There is a gap or an overlap before a file', line.path);
		const spares = shortcut && !shortcut.readsBytesOf(line.path);
		const start = await checkLocal(spares ? shortcut.headers : window, line);
		offset = start + line.size;
		if (offset > end.directoryOffset) throw new ReceiptError('A file reaches into the directory', line.path);
		if (!spares) await checkBytes(window, line, start, (at) => onShare?.(at / blob.size));
		else if (++headers % BREATH === 0) {
			onShare?.(offset / blob.size);
			await breathe(signal);
		}
	}
	if (offset !== end.directoryOffset) throw new ReceiptError('There is a gap before the directory');
	onShare?.(1);
	return lines.map(({ path, size, crc32 }) => ({ path, size, crc32 }));
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
