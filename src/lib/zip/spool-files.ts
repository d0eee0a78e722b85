import { lockSpool, untilFree } from './spool-lock';

/** The spools as files: all that a page may do with them. Errors are the browser's DOMExceptions. */

/** All of them are in this folder of the browser's private storage. */
export const DIRECTORY = 'headshot-admin';

/** Made when it is missing. */
export async function spoolDirectory(): Promise<FileSystemDirectoryHandle> {
	const root = await navigator.storage.getDirectory();
	return root.getDirectoryHandle(DIRECTORY, { create: true });
}

/** A spool as it is on disk. @throws NotFoundError when there is none of this name */
export async function spoolFile(name: string): Promise<File> {
	return (await (await spoolDirectory()).getFileHandle(name)).getFile();
}

/** The names of all spools, in no order; none where the browser has no such files. */
export async function listSpools(): Promise<string[]> {
	if (typeof navigator.storage?.getDirectory !== 'function' || !('locks' in navigator)) return [];
	const names: string[] = [];
	for await (const name of (await spoolDirectory()).keys()) names.push(name);
	return names;
}

/** A browser may take so long to end a worker that doesn't answer, in ms. */
const ENDING_MS = 3_000;

/**
 * Whether there is one of this name to go on with. Whoever has just been ended may have it for a moment yet: that is waited
 * for. Never rejects.
 */
export async function isKept(name: string): Promise<boolean> {
	try {
		if (!(await listSpools()).includes(name)) return false;
		await untilFree(name, ENDING_MS);
		return true;
	} catch (error) {
		console.warn('What was kept of a download can’t be read.', error);
		return false;
	}
}

/** Deletes a spool that nobody uses. Returns whether it is gone; one that never was is. */
export async function deleteSpool(name: string): Promise<boolean> {
	const release = await lockSpool(name);
	return release ? deleteHeldSpool(name, release) : false;
}

/** The same for one that is held: by this page's own lock, which is let go of. */
export async function deleteHeldSpool(name: string, release: () => void): Promise<boolean> {
	try {
		await (await spoolDirectory()).removeEntry(name);
		return true;
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotFoundError') return true;
		// A page may be reading it, or its worker is just ending: the next start comes by again.
		if (error instanceof DOMException && error.name === 'NoModificationAllowedError') return false;
		throw error;
	} finally {
		release();
	}
}

/** Deletes what no job will continue and nobody uses, in any tab. Returns the names of what is gone. */
export async function deleteUnusedSpools(keep: ReadonlySet<string>): Promise<string[]> {
	const gone: string[] = [];
	for (const name of await listSpools()) {
		if (!keep.has(name) && (await deleteSpool(name))) gone.push(name);
	}
	return gone;
}
