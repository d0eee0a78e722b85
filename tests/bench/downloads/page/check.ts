import { BlobReader, Uint8ArrayWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';

export interface Found {
	entries: number;
	/** Of all files in it, in bytes. */
	bytes: number;
	/** Of the archive, in bytes. */
	size: number;
}

/**
 * What is in an archive, by a reader that isn't the product's; of the first, the middle and the last file the CRC-32 is
 * compared as well.
 * @throws Error when it can't be read
 */
export async function look(archive: Blob): Promise<Found> {
	const reader = new ZipReader(new BlobReader(archive), { useWebWorkers: false });
	const entries = (await reader.getEntries()).filter((entry): entry is FileEntry => !entry.directory);
	for (const entry of [entries[0], entries[entries.length >> 1], entries.at(-1)]) {
		await entry?.getData(new Uint8ArrayWriter(), { checkSignature: true });
	}
	await reader.close();
	return {
		entries: entries.length,
		bytes: entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0),
		size: archive.size,
	};
}
