import * as Comlink from 'comlink';
import { NotLoadedError, spawn, type Spawned } from '$lib/worker/spawn';
import { holdSpool } from '$lib/zip/spool-lock';
import type {
	Delivered,
	DownloadApi,
	JobEvent,
	JobOutcome,
	JobProgress,
	JobRequest,
	JobSettings,
} from './contract';
import { NOTHING_YET } from './contract';
import { failuresFile, failuresFilename } from './failures-file';
import { archiveFilename } from './filename';
import { addToHistory, type PastJob } from './history';
import { newId, type Job, type Order, type Scope } from './job-view';
import { startWorker } from './job/start-worker';
import { plainOptions } from './options';
import { Pace, UNKNOWN_PACE } from './pace';

export type { Job, Scope } from './job-view';

export interface DownloadsOptions {
	settings: JobSettings;
	getToken?: ((fresh: boolean) => Promise<string>) | undefined;
	/** Hands the finished archive to the browser. */
	save(blob: Blob, filename: string): void;
	/** Whose members they are; `null` before that is known. */
	organization?(): string | null;
	/** Told when a job has ended, however that was. */
	onended?(): void;
	/** Told what is whole in an archive that was handed over. */
	ondelivered?(delivered: Delivered[], filename: string): void;
}

const STOPPED = 'The part of the page that downloads stopped working. Please try again.';
const NOT_LOADED =
	'A part of the page could not be loaded: the network is away, or the page was updated. Reload it and try again.';

/** How long a cancelled worker may take to fall quiet before it is ended, in ms. */
const QUIET_MS = 100;

/** The running or last download. It outlives pages and dialogs; one runs at a time. */
export class Downloads {
	#options: DownloadsOptions;
	#job = $state.raw<Job | null>(null);
	#worker: Spawned<DownloadApi> | null = null;
	/** What the last job was about, to start it again. */
	#last: Order = { scope: { team: null }, files: null, part: 1 };
	/** Rejects the running job's wait for its worker. */
	#abandon: (() => void) | null = null;
	/** Let go of the files of archives that were handed over: the browser may still be copying them. */
	#held: (() => void)[] = [];
	#pace = new Pace();
	#history = $state.raw<readonly PastJob[]>([]);
	#started = 0;
	/** Whether its dialog is on the screen. */
	dialogOpen = $state(false);
	/** Whether the list of downloads is on the screen. */
	panelOpen = $state(false);

	constructor(options: DownloadsOptions) {
		this.#options = options;
	}

	get job(): Job | null {
		return this.#job;
	}

	get running(): boolean {
		return this.#job !== null && this.#job.state.kind !== 'finished';
	}

	/** The jobs of this session that have ended, the latest first. */
	get history(): readonly PastJob[] {
		return this.#history;
	}

	/** Starts a download and shows it; while one runs, shows that one. */
	start(scope: Scope): void {
		this.dialogOpen = true;
		if (this.running) return;
		void this.#run({ scope, files: null, part: 1 });
	}

	/**
	 * Goes on with a download that was interrupted, unless one runs.
	 * @param teamName of its team, where it had one
	 */
	goOn(interrupted: JobRequest, teamName: string): void {
		this.dialogOpen = true;
		if (this.running) return;
		const { teamId, shootIds, options, organization, files } = interrupted;
		const scope: Scope = {
			// A team that is gone meanwhile must not become everybody.
			team: teamId === null ? null : { id: teamId, name: teamName },
			options,
			...(shootIds && { shootIds }),
			...(organization !== null && { organization }),
		};
		void this.#run({ scope, files, part: 1, interrupted });
	}

	/** Starts the last download once more. */
	again(): void {
		const { scope, files, part } = this.#last;
		if (!this.running) void this.#run({ scope, files, part });
	}

	/** Fetches just what has failed, into an archive of its own. */
	retryFailed(): void {
		const state = this.#job?.state;
		if (state?.kind !== 'finished' || !('failures' in state.outcome)) return;
		const { scope, part } = this.#last;
		const files = state.outcome.failures.map(({ shootId, file }) => ({ shootId, file }));
		if (files.length > 0) void this.#run({ scope, files, part: part + 1 });
	}

	/** Stops the running job. Nothing is saved. */
	async cancel(): Promise<void> {
		if (this.#job?.state.kind !== 'running') return;
		this.#patch({ state: { kind: 'cancelling' } });
		// This job's, not the next one's: a new job may start before this one has fallen quiet.
		const abandon = this.#abandon;
		void this.#worker?.api.cancel();
		await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
		abandon?.();
	}

	/** Begins no other photo until `resume`; those under way finish. */
	pause(): void {
		void this.#worker?.api.pause();
	}

	resume(): void {
		void this.#worker?.api.resume();
	}

	/** The admin has signed in again. */
	continueAfterSignIn(): void {
		void this.#worker?.api.signedIn();
	}

	/** Hands the finished archive over once more. */
	saveAgain(): void {
		const state = this.#job?.state;
		if (state?.kind === 'finished' && state.outcome.kind === 'saved') {
			this.#options.save(state.outcome.blob, state.outcome.filename);
		}
	}

	/** Saves the list of files that failed. */
	async saveFailures(): Promise<void> {
		const job = this.#job;
		if (job) this.#options.save(await failuresFile(job.failures), failuresFilename(job.filename));
	}

	/** Forgets the finished job, and gives its archive's memory back. */
	dismiss(): void {
		if (this.running) return;
		this.#job = null;
		this.dialogOpen = false;
	}

	dispose(): void {
		for (const release of this.#held.splice(0)) release();
		this.#abandon?.();
		this.#end();
		this.#job = null;
	}

	async #run(order: Order): Promise<void> {
		this.#last = order;
		this.dialogOpen = true;
		const { scope, files, part, interrupted } = order;
		const filename = interrupted?.filename ?? archiveFilename(Date.now(), part);
		this.#job = {
			id: ++this.#started,
			filename,
			scope,
			state: { kind: 'running', progress: NOTHING_YET },
			failures: [],
			notes: [],
			pace: UNKNOWN_PACE,
			warning: null,
		};
		const stopPace = this.#followPace();
		const { team, shootIds = null, organization = null, options = plainOptions } = scope;
		const reached = await this.#outcome({
			id: interrupted?.id ?? newId(),
			organizationUid: this.#options.organization?.() ?? null,
			continues: interrupted !== undefined,
			teamId: team?.id ?? null,
			shootIds,
			files,
			options,
			organization,
			filename,
		});
		stopPace();
		// Whoever has pressed Cancel gets no archive, even if it was finished in that very moment.
		const outcome: JobOutcome = this.#job?.state.kind === 'running' ? reached : { kind: 'cancelled' };
		// The file of an archive must not be taken for one that nobody needs: from the worker's hands into ours.
		if (outcome.kind === 'saved' && outcome.spool !== null) this.#held.push(await holdSpool(outcome.spool));
		this.#end();
		// The outcome's own list: the last events may still be on their way.
		const failures = 'failures' in outcome ? outcome.failures : (this.#job?.failures ?? []);
		this.#patch({ state: { kind: 'finished', outcome }, failures });
		if (this.#job) this.#history = addToHistory(this.#history, this.#job, outcome, Date.now());
		if (outcome.kind === 'saved') {
			this.#options.save(outcome.blob, outcome.filename);
			this.#options.ondelivered?.(outcome.delivered, outcome.filename);
		}
		this.#options.onended?.();
	}

	/** Never rejects. */
	async #outcome(request: JobRequest): Promise<JobOutcome> {
		const over = new AbortController();
		const abandoned = new Promise<JobOutcome>((resolve) => {
			this.#abandon = () => resolve({ kind: 'cancelled' });
		});
		try {
			return await Promise.race([this.#work(request, over.signal), abandoned]);
		} catch (error) {
			console.error(error);
			return {
				kind: 'failed',
				reason: error instanceof NotLoadedError ? NOT_LOADED : STOPPED,
				failures: this.#job?.failures ?? [],
			};
		} finally {
			this.#abandon = null;
			over.abort();
		}
	}

	/** @param over aborted once nobody waits for this job any more; another may be running then */
	async #work(request: JobRequest, over: AbortSignal): Promise<JobOutcome> {
		// The dialog first: one task that opens it and starts a worker is longer than a person should wait for.
		await new Promise((resolve) => setTimeout(resolve));
		const worker = await spawn<DownloadApi>(startWorker, async () => {
			const api = (await import('./job/api')).createDownloadApi();
			// A worker's end is the end of its job; on the main thread the job itself must be told.
			over.addEventListener('abort', () => api.cancel(), { once: true });
			return api;
		});
		if (over.aborted || this.#job?.state.kind !== 'running') {
			worker.end();
			return { kind: 'cancelled' };
		}
		this.#worker = worker;
		const { settings, getToken } = this.#options;
		const emit = Comlink.proxy((event: JobEvent) => {
			if (!over.aborted) this.#take(event);
		});
		const token = getToken ? Comlink.proxy(getToken) : null;
		return Promise.race([worker.api.run(request, settings, emit, token), worker.lost]);
	}

	/** Looks once a second, too: a network that stalls says nothing. @returns ends it */
	#followPace(): () => void {
		this.#pace = new Pace();
		const looking = setInterval(() => {
			const state = this.#job?.state;
			if (state?.kind === 'running') this.#running(state.progress);
		}, 1000);
		return () => clearInterval(looking);
	}

	#running(progress: JobProgress): void {
		this.#pace.take(progress, performance.now());
		this.#patch({ state: { kind: 'running', progress }, pace: this.#pace.reading });
	}

	#take(event: JobEvent): void {
		const job = this.#job;
		if (job?.state.kind !== 'running') return;
		if (event.type === 'progress') this.#running(event.progress);
		else if (event.type === 'failure') this.#patch({ failures: [...job.failures, event.failure] });
		else if (event.type === 'warning') this.#patch({ warning: event.warning });
		else this.#patch({ notes: [...job.notes, event.note] });
	}

	#patch(change: Partial<Job>): void {
		if (this.#job) this.#job = { ...this.#job, ...change };
	}

	#end(): void {
		this.#worker?.end();
		this.#worker = null;
	}
}
