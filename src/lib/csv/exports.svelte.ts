import { whyStopped } from '$lib/worker/errors';
import type { Spawned } from '$lib/worker/spawn';
import { spawnLater } from '$lib/worker/spawn-later';
import type { CsvApi, ExportRow } from './contract';
import address from './job/csv.worker?worker&url';
import { exportFilename } from './filename';
import { slices } from './slices';

export type ExportState =
	/** `share` 0 to 1; `done` and `total` in members */
	| { kind: 'running'; share: number; done: number; total: number }
	| { kind: 'finished'; rows: number; filename: string }
	| { kind: 'cancelled' }
	/** `reason` is a sentence for the person. Nothing was saved. */
	| { kind: 'failed'; reason: string };

export interface ExportsOptions {
	/** Hands the finished file to the browser. */
	save(blob: Blob, filename: string): void;
}

/** A slice of rows may take so long to gather, in ms: a press or a key is answered between two slices. */
const SLICE_MS = 8;
/** So many rows are copied to the worker in a few ms. */
const SLICE_ROWS = 1000;

/** The running or last export. It outlives pages; one runs at a time. */
export class Exports {
	#options: ExportsOptions;
	#state = $state.raw<ExportState | null>(null);
	#label = $state.raw<string | null>(null);
	/** Ends the running export; aborted as well once it has ended by itself. */
	#over = new AbortController();

	constructor(options: ExportsOptions) {
		this.#options = options;
	}

	get state(): ExportState | null {
		return this.#state;
	}

	/** Whose members: the team's name, or `null` for the whole organization. */
	get label(): string | null {
		return this.#label;
	}

	get running(): boolean {
		return this.#state?.kind === 'running';
	}

	/**
	 * Starts an export, unless one runs.
	 *
	 * @param rows taken bit by bit while the export runs, so it may be lazy; its rows must be plain data
	 * @param total how many rows there will be, for the progress
	 * @param label the team's name, or `null` for the whole organization
	 * @param asOf when the rows were read from the backend, for the file's name; ms since the epoch
	 */
	start(rows: Iterable<ExportRow>, total: number, label: string | null, asOf = Date.now()): void {
		if (this.running) return;
		this.#label = label;
		this.#state = { kind: 'running', share: 0, done: 0, total };
		this.#over = new AbortController();
		void this.#run(rows, total, exportFilename(asOf), this.#over);
	}

	/** Stops the running export. Nothing is saved. */
	cancel(): void {
		if (!this.running) return;
		this.#state = { kind: 'cancelled' };
		this.#over.abort();
	}

	/** Forgets an export that has ended. */
	dismiss(): void {
		if (!this.running) this.#state = null;
	}

	dispose(): void {
		this.#state = null;
		this.#over.abort();
	}

	/** Never rejects. */
	async #run(
		rows: Iterable<ExportRow>,
		total: number,
		filename: string,
		over: AbortController,
	): Promise<void> {
		try {
			const made = await untilAborted(over.signal, this.#make(rows, total, over.signal));
			// Whoever has pressed Cancel gets no file, even if it was finished in that very moment.
			over.signal.throwIfAborted();
			this.#options.save(made.blob, filename);
			this.#state = { kind: 'finished', rows: made.rows, filename };
		} catch (error) {
			// Cancelled: the state says so, and perhaps it is the next export's already.
			if (over.signal.aborted) return;
			console.error(error);
			this.#state = { kind: 'failed', reason: whyStopped(error, 'exports') };
		} finally {
			over.abort();
		}
	}

	/** @throws when the worker can't be loaded, or dies; what `rows` throws; the signal's reason */
	async #make(
		rows: Iterable<ExportRow>,
		total: number,
		signal: AbortSignal,
	): Promise<{ blob: Blob; rows: number }> {
		const worker = await this.#startWorker(signal);
		let done = 0;
		for (const slice of slices(rows, SLICE_MS, SLICE_ROWS)) {
			await Promise.race([worker.api.append(slice), worker.lost]);
			signal.throwIfAborted();
			done += slice.length;
			this.#state = { kind: 'running', share: Math.min(1, done / total), done, total };
		}
		return { blob: await Promise.race([worker.api.finish(), worker.lost]), rows: done };
	}

	/** A worker that ends with the signal. */
	async #startWorker(signal: AbortSignal): Promise<Spawned<CsvApi>> {
		const worker = await spawnLater<CsvApi>(address, async () => (await import('./job/api')).createCsvApi());
		if (signal.aborted) worker.end();
		else signal.addEventListener('abort', () => worker.end(), { once: true });
		signal.throwIfAborted();
		return worker;
	}
}

/** A worker that has been ended answers no more: what waits for it is left behind. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
	});
	return Promise.race([work, aborted]);
}
