import { AppendWriter } from './append-writer';
import type { ArchiveEntry, ArchiveOptions, ArchiveWriter, FinishOptions } from './archive';
import { JSZipWriter } from './jszip-writer';
import { verifyArchive } from './receipt';
import { readableFile, readableSink } from './sink-reader';
import { MEMORY_BYTES } from './sizes';
import type { ArchiveFile, Spool } from './sink';

/** Where an archive is that isn't in memory: in a spool, or in a file of the admin's. */
export interface Filed {
	file: ArchiveFile;
	/** The same, if it is one. */
	spool: Spool | null;
	writer: AppendWriter;
}

/** In memory while it is small, in a spool from then on; or in a file from the start. Calls may overlap: they take turns. */
export class GrowingArchive implements ArchiveWriter {
	/** The paths that an earlier run put in. */
	readonly #earlier: ReadonlySet<string>;
	readonly #options: ArchiveOptions;
	readonly #memory: JSZipWriter;
	#filed: Filed | null = null;
	#canSpool: boolean;
	#ended = false;
	#disposed = false;
	/** Why what was held is lost. */
	#failure: unknown = null;
	#lastTurn: Promise<unknown> = Promise.resolve();

	/** @param filed where it is already, with what an earlier run has put in */
	constructor(options: ArchiveOptions, filed: Filed | null = null) {
		this.#options = options;
		this.#memory = new JSZipWriter(options);
		this.#filed = filed;
		this.#canSpool = !filed && !!options.spool;
		this.#earlier = new Set(filed?.writer.entries.map(({ path }) => path));
	}

	get entries(): readonly ArchiveEntry[] {
		const filed = this.#filed?.writer.entries ?? [];
		// While it moves to the spool, it still has all that it had.
		return filed.length < this.#memory.entries.length && !this.#failure ? this.#memory.entries : filed;
	}

	get spooled(): boolean {
		return !!this.#filed?.spool;
	}

	add(path: string, bytes: Uint8Array): Promise<void> {
		return this.#inTurn(async () => {
			if (this.#failure) throw this.#failure;
			if (this.#ended) throw new Error('The archive is finished: nothing can be added.');
			if (
				this.#canSpool &&
				this.#memory.sizeWith(path, bytes) > (this.#options.memoryBytes ?? MEMORY_BYTES)
			) {
				await this.#moveToSpool();
			}
			await (this.#filed?.writer ?? this.#memory).add(path, bytes);
		});
	}

	finish(options: FinishOptions): Promise<Blob> {
		return this.#inTurn(async () => {
			if (this.#failure) throw this.#failure;
			if (this.#ended) throw new Error('The archive is finished already.');
			this.#ended = true;
			if (!this.#filed) return this.#memory.finish(options);
			const { file, writer } = this.#filed;
			await writer.finish(options);
			const blob = await file.file();
			// Typed without being read: a slice of a file is a place in it.
			return blob.slice(0, blob.size, 'application/zip');
		});
	}

	verify(archive: Blob, { signal, onShare }: FinishOptions): Promise<ArchiveEntry[]> {
		return this.#inTurn(async () => {
			if (!this.#filed) return verifyArchive(archive, this.entries, signal, onShare);
			const { spool } = this.#filed;
			await spool?.reopen();
			try {
				return await verifyArchive(archive, this.entries, signal, onShare, {
					readsBytesOf: (path) => this.#earlier.has(path),
					headers: spool ? readableSink(spool) : readableFile(archive, signal),
				});
			} finally {
				await spool?.close();
			}
		});
	}

	dispose({ keep }: { keep: boolean }): Promise<void> {
		return this.#inTurn(async () => {
			if (this.#disposed) return;
			this.#ended = this.#disposed = true;
			this.#memory.takeHeld();
			if (!this.#filed) return;
			const { file, writer } = this.#filed;
			try {
				if (keep) await writer.suspend();
				else await file.delete();
			} finally {
				file.release();
			}
		});
	}

	async #moveToSpool(): Promise<void> {
		this.#canSpool = false;
		this.#filed = await this.#openSpool();
		if (!this.#filed) return;
		const { writer } = this.#filed;
		// Known to be what was held: computed once.
		const crcs = this.#memory.entries.map(({ crc32 }) => crc32);
		try {
			for (const [index, { path, bytes }] of this.#memory.takeHeld().entries()) {
				await writer.add(path, bytes, crcs[index]);
			}
		} catch (error) {
			this.#failure = error;
			throw error;
		}
	}

	/** Where the browser gives no file after all, the archive stays in memory, up to its limit. */
	async #openSpool(): Promise<Filed | null> {
		let spool: Spool | null = null;
		try {
			spool = await this.#options.spool!.open();
			return { file: spool, spool, writer: new AppendWriter(spool, this.#options) };
		} catch (error) {
			spool?.release();
			this.#options.onnospool?.(error);
			return null;
		}
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#lastTurn.then(work);
		// The caller hears of a failure; the next turn needn't.
		this.#lastTurn = turn.catch(() => {});
		return turn;
	}
}
