import { AppendWriter } from './append-writer';
import type { ArchiveOptions, ArchiveWriter, FinishOptions, PlacedEntry, SpoolSource } from './archive';
import { GrowingArchive } from './growing-archive';
import { proveEntries } from './proof';
import type { ArchiveFile } from './sink';

/** An empty archive. The one place that picks a writer, by the bytes that come. */
export function createArchive(options: ArchiveOptions): ArchiveWriter {
	return new GrowingArchive(options);
}

/** An empty archive that is written straight into a file of the admin's, from its first byte on. */
export function createArchiveIn(file: ArchiveFile, options: Pick<ArchiveOptions, 'modified'>): ArchiveWriter {
	const writer = new AppendWriter(file, options);
	return new GrowingArchive({ ...options, maxBytes: 0 }, { file, spool: null, writer });
}

/**
 * Continues a spooled archive that was left unfinished, or finished but not delivered. Every entry of the journal is read
 * back, in order; from the first that isn't in the file just so, all are dropped, and the file is cut there.
 * @param journal what `onflushed` told, in that order; may be damaged
 * @returns the archive, and the entries that are still in it
 * @throws SpoolBusyError when another tab continues it, DOMException when there is no storage, the signal's reason (the
 * file is then as it was)
 */
export async function resumeArchive(
	options: ArchiveOptions & { spool: SpoolSource },
	journal: readonly PlacedEntry[],
	{ signal, onShare }: FinishOptions,
): Promise<{ archive: ArchiveWriter; held: readonly PlacedEntry[] }> {
	const spool = await options.spool.open();
	try {
		const held = await proveEntries(spool, journal, signal, onShare);
		const writer = new AppendWriter(spool, options, held);
		return { archive: new GrowingArchive(options, { file: spool, spool, writer }), held };
	} catch (error) {
		spool.release();
		throw error;
	}
}
