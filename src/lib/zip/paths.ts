import { MAX_NAME_SIZE } from './format';

/** The paths of one archive: each names a file and is there once. */
export class Paths {
	readonly #taken = new Set<string>();

	/** @throws TypeError when the path is taken, names no file, or is longer than 65,535 bytes of UTF-8 */
	check(path: string): void {
		if (path === '' || path.endsWith('/')) throw new TypeError(`"${path}" names no file.`);
		// A character takes 3 bytes at most: most paths needn't be measured.
		if (path.length * 3 > MAX_NAME_SIZE && new TextEncoder().encode(path).length > MAX_NAME_SIZE) {
			throw new TypeError(`"${path.slice(0, 100)}…" is too long for an archive.`);
		}
		if (this.#taken.has(path)) throw new TypeError(`"${path}" is in the archive already.`);
	}

	take(path: string): void {
		this.#taken.add(path);
	}
}
