import type { SyncAccessHandle } from '$lib/zip/spool';

const NAME = 'bench-archive';

/** A file in the browser's private storage that is written at its end; for a worker. */
export interface Sink {
	/** @throws Error when the disk takes less */
	append(bytes: Uint8Array): void;
	/** Flushes and closes it. */
	close(): void;
}

export async function openSink(): Promise<Sink> {
	const root = await navigator.storage.getDirectory();
	const file = (await root.getFileHandle(NAME, { create: true })) as FileSystemFileHandle & {
		createSyncAccessHandle(): Promise<SyncAccessHandle>;
	};
	const handle = await file.createSyncAccessHandle();
	let at = 0;
	return {
		append(bytes) {
			if (handle.write(bytes, { at }) !== bytes.length) throw new Error('The disk is full.');
			at += bytes.length;
		},
		close() {
			handle.flush();
			handle.close();
		},
	};
}

/** What was written. */
export async function writtenFile(): Promise<File> {
	return (await (await navigator.storage.getDirectory()).getFileHandle(NAME)).getFile();
}

/** Takes away every file of this origin, the product's as well. Waits for workers that are just ending. */
export async function removeFiles(): Promise<void> {
	const root = await navigator.storage.getDirectory();
	for await (const name of root.keys()) {
		for (let tries = 0; ; tries++) {
			try {
				await root.removeEntry(name, { recursive: true });
				break;
			} catch (error) {
				if (tries === 50) throw error;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		}
	}
}
