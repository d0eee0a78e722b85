import { AppendWriter } from './append-writer';
import type { ArchiveEntry, ArchiveOptions, ArchiveWriter, FinishOptions } from './archive';
import { JSZipWriter } from './jszip-writer';
import { verifyArchive } from './receipt';
import { readableSink } from './sink-reader';
import type { Spool } from './spool';

/** What JSZip packs in memory; past it the archive is spooled, where it can be. 128 MiB. */
const MEMORY_BYTES = 134_217_728;

/** In memory while it is small, in a spool from then on. Calls may overlap: they take turns. */
export class GrowingArchive implements ArchiveWriter {
	/** The paths that an earlier run put in. */
	readonly #earlier: ReadonlySet<string>;
	readonly #options: ArchiveOptions;
	readonly #memory: JSZipWriter;
	#spooled: { spool: Spool; writer: AppendWriter } | null = null;
	#canSpool: boolean;
	#ended = false;
	#disposed = false;
	/** Why what was held is lost. */
	#failure: unknown = null;
	#lastTurn: Promise<unknown> = Promise.resolve();

	/** @param continued an archive that is in a spool already, and the paths that were proved to be in it */
	constructor(options: ArchiveOptions, continued: { spool: Spool; writer: AppendWriter } | null = null) {
		this.#options = options;
		this.#memory = new JSZipWriter(options);
		this.#spooled = continued;
		this.#canSpool = !continued && !!options.spool;
		this.#earlier = new Set(continued?.writer.entries.map(({ path }) => path));
	}

	get entries(): readonly ArchiveEntry[] {
		const spooled = this.#spooled?.writer.entries ?? [];
		// While it moves to the spool, it still has all that it had.
		return spooled.length < this.#memory.entries.length && !this.#failure ? this.#memory.entries : spooled;
	}

	get spooled(): boolean {
		return this.#spooled !== null;
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
			await (this.#spooled?.writer ?? this.#memory).add(path, bytes);
		});
	}

	finish(options: FinishOptions): Promise<Blob> {
		return this.#inTurn(async () => {
			if (this.#failure) throw this.#failure;
			if (this.#ended) throw new Error('The archive is finished already.');
			this.#ended = true;
			if (!this.#spooled) return this.#memory.finish(options);
			const { spool, writer } = this.#spooled;
			await writer.finish(options);
			const file = await spool.file();
			// Typed without being read: a slice of a file is a place in it.
			return file.slice(0, file.size, 'application/zip');
		});
	}

	verify(archive: Blob, { signal, onShare }: FinishOptions): Promise<ArchiveEntry[]> {
		return this.#inTurn(async () => {
			if (!this.#spooled) return verifyArchive(archive, this.entries, signal, onShare);
			const { spool } = this.#spooled;
			await spool.reopen();
			try {
				return await verifyArchive(archive, this.entries, signal, onShare, {
					readsBytesOf: (path) => this.#earlier.has(path),
					headers: readableSink(spool),
				});
			} finally {
				spool.close();
			}
		});
	}

	dispose({ keep }: { keep: boolean }): Promise<void> {
		return this.#inTurn(async () => {
			if (this.#disposed) return;
			this.#ended = this.#disposed = true;
			this.#memory.takeHeld();
			if (!this.#spooled) return;
			const { spool, writer } = this.#spooled;
			try {
				if (keep) await writer.suspend();
				else await spool.delete();
			} finally {
				spool.release();
			}
		});
	}

	async #moveToSpool(): Promise<void> {
		this.#canSpool = false;
		this.#spooled = await this.#openSpool();
		if (!this.#spooled) return;
		const { writer } = this.#spooled;
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
	async #openSpool(): Promise<{ spool: Spool; writer: AppendWriter } | null> {
		let spool: Spool | null = null;
		try {
			spool = await this.#options.spool!.open();
			return { spool, writer: new AppendWriter(spool, this.#options) };
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
