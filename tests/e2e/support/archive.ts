import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import JSZip from 'jszip';

export interface Archive {
	/** On disk. */
	file: string;
	filename: string;
	/** Paths inside, sorted. */
	paths: string[];
	/** First parts of the paths, sorted. */
	folders: string[];
	bytes(path: string): Promise<Buffer>;
}

/**
 * Opens a saved archive with a reader that checks every CRC-32.
 * @param filename what it was to be saved as, where it lies under another name
 */
export async function openArchive(file: string, filename = basename(file)): Promise<Archive> {
	const zip = await JSZip.loadAsync(await readFile(file), { checkCRC32: true });
	const paths = Object.keys(zip.files).sort();
	return {
		file,
		filename,
		paths,
		folders: [...new Set(paths.map((path) => path.slice(0, path.indexOf('/'))))].sort(),
		async bytes(path) {
			const entry = zip.file(path);
			if (!entry) throw new Error(`${path} is not in the archive`);
			return entry.async('nodebuffer');
		},
	};
}
