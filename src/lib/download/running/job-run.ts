import type { GetToken } from '$lib/backend/token';
import { answering } from '$lib/backend/token-port';
import { whyStopped } from '$lib/worker/errors';
import { sleep } from '$lib/net/wait';
import { spawn, type Spawned } from '$lib/worker/spawn';
import { isEmpty, removeOurs } from '$lib/zip/disk-file';
import type {
	DownloadApi,
	FileFailure,
	JobEvent,
	JobOutcome,
	JobRequest,
	JobSettings,
} from '$lib/download/contract';
import { startWorker } from '$lib/download/job/start-worker';

export interface JobRunOptions {
	settings: JobSettings;
	getToken?: GetToken | undefined;
	/** Told what happens, until the outcome. */
	onevent(event: JobEvent): void;
}

/** How long a cancelled worker may take to fall quiet before it is ended, in ms. */
const QUIET_MS = 100;
/** The same where it writes to a file of the admin's, which it takes away itself: the browser may be closing it just now. */
const UNDOING_MS = 10_000;

/** One job in a worker of its own, from its start to its end. */
export class JobRun {
	readonly #options: JobRunOptions;
	#worker: Spawned<DownloadApi> | null = null;
	/** Nobody waits for it any more. */
	readonly #over = new AbortController();
	#cancelled = false;
	/** Rejects the wait for its worker. */
	#abandon = () => {};
	readonly #failures: FileFailure[] = [];
	#place: FileSystemFileHandle | null = null;
	/** Whatever is in the file at `#place` is of this job. */
	#isOurs = false;

	constructor(options: JobRunOptions) {
		this.#options = options;
	}

	/** To be called once; never rejects. @param place see `DownloadApi.run` */
	async outcome(request: JobRequest, place: FileSystemFileHandle | null): Promise<JobOutcome> {
		const abandoned = new Promise<JobOutcome>((resolve) => {
			this.#abandon = () => resolve({ kind: 'cancelled' });
		});
		this.#place = place;
		try {
			return await Promise.race([this.#work(request, place), abandoned]);
		} catch (error) {
			console.error(error);
			return { kind: 'failed', reason: whyStopped(error, 'downloads'), failures: this.#failures };
		} finally {
			this.#over.abort();
		}
	}

	/** Stops it: its outcome is `cancelled`, soon whatever the worker does. */
	async cancel(): Promise<void> {
		this.#cancelled = true;
		void this.#worker?.api.cancel();
		await sleep(this.#worker && this.#place ? UNDOING_MS : QUIET_MS, this.#over.signal).catch(() => {});
		this.#abandon();
	}

	pause(): void {
		void this.#worker?.api.pause();
	}

	resume(): void {
		void this.#worker?.api.resume();
	}

	signedIn(): void {
		void this.#worker?.api.signedIn();
	}

	/** Ends its worker, and the wait for it. What the worker holds, such as the lock of a file, is free then. */
	end(): void {
		this.#abandon();
		this.#worker?.end();
		this.#worker = null;
	}

	/** Takes away the file in its place, unless something else is in it. To be called after `end`; never rejects. */
	async removeFile(): Promise<void> {
		if (this.#place) await removeOurs(this.#place, this.#isOurs);
	}

	async #work(request: JobRequest, place: FileSystemFileHandle | null): Promise<JobOutcome> {
		const over = this.#over.signal;
		// Whatever a worker that is ended leaves there; one that ends by itself tidies up.
		if (place) this.#isOurs = await isEmpty(place);
		// The dialog first: one task that opens it and starts a worker is longer than a person should wait for.
		await new Promise((resolve) => setTimeout(resolve));
		const worker = await spawn<DownloadApi>(startWorker, async () => {
			const api = (await import('$lib/download/job/api')).createDownloadApi();
			// A worker's end is the end of its job; on the main thread the job itself must be told.
			over.addEventListener('abort', () => api.cancel(), { once: true });
			return api;
		});
		if (over.aborted || this.#cancelled) {
			worker.end();
			return { kind: 'cancelled' };
		}
		this.#worker = worker;
		const { settings, getToken, onevent } = this.#options;
		const emit = worker.proxy((event: JobEvent) => {
			if (over.aborted) return;
			if (event.type === 'progress') this.#failures.push(...event.failures);
			onevent(event);
		});
		const token = getToken ? worker.proxy(answering(getToken)) : null;
		const outcome = await Promise.race([worker.api.run(request, settings, emit, token, place), worker.lost]);
		this.#isOurs = outcome.kind === 'saved';
		return outcome;
	}
}
