import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';
import type { PlacedEntry } from './archive';
import { breathe } from '$lib/net/breathe';
import { sameBytes } from './bytes';
import { Paths } from './paths';
import { localHeader } from './records';
import type { ReadableSink } from './sink';

/** Read at once, in bytes. */
const CHUNK = 1024 * 1024;

/** Bytes between two looks at the signal. */
const BREATH = 32 * 1024 * 1024;

/**
 * Which entries of a journal are in the file, from the first on and without a gap: their header byte for byte what we
 * would write, and their bytes of that CRC-32. The first that isn't ends it, whatever a crash or a faulty disk did to the
 * journal or the file. Holds 1 MiB at a time.
 * @param journal entries in the order in which they were added; may be damaged in any way
 * @param onShare is told 0 to 1
 * @throws the signal's reason
 */
export async function proveEntries(
	sink: ReadableSink,
	journal: readonly PlacedEntry[],
	signal: AbortSignal,
	onShare?: (share: number) => void,
): Promise<PlacedEntry[]> {
	signal.throwIfAborted();
	const proved: PlacedEntry[] = [];
	const paths = new Paths();
	let end = 0;
	let breath = 0;
	for (const entry of journal) {
		const start = proveHeader(sink, entry, end, paths);
		if (start === null) break;
		let crc = crc32Init();
		for (let at = start; at < start + entry.size; at += CHUNK) {
			const bytes = sink.read(at, Math.min(CHUNK, start + entry.size - at));
			crc = crc32Update(crc, bytes);
			breath += bytes.length;
			if (breath < BREATH) continue;
			breath = 0;
			onShare?.(at / sink.size);
			await breathe(signal);
		}
		if (crc32Final(crc) !== entry.crc32) break;
		end = start + entry.size;
		paths.take(entry.path);
		proved.push(entry);
	}
	onShare?.(1);
	return proved;
}

/** Where the entry's bytes begin, or `null` when its header isn't there, or the file ends before its bytes do. */
function proveHeader(sink: ReadableSink, entry: PlacedEntry, end: number, paths: Paths): number | null {
	if (!isEntry(entry) || entry.offset !== end) return null;
	try {
		paths.check(entry.path);
	} catch {
		// Taken already, or no path at all: a damaged journal.
		return null;
	}
	const header = localHeader(entry);
	const start = end + header.length;
	if (start + entry.size > sink.size) return null;
	return sameBytes(sink.read(end, header.length), header) ? start : null;
}

/** The types are promised, but a damaged journal keeps no promise. */
function isEntry(entry: PlacedEntry | null | undefined): entry is PlacedEntry {
	if (!entry) return false;
	const { path, size, crc32, dosTime, unixTime } = entry;
	const isUint32 = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
	return (
		typeof path === 'string' &&
		Number.isSafeInteger(size) &&
		size >= 0 &&
		isUint32(crc32) &&
		isUint32(dosTime) &&
		(unixTime === null || isUint32(unixTime))
	);
}
