import { NOT_LOADED } from '$lib/worker/errors';
import { type JobEvent, type JobOutcome, type JobProgress, type JobRequest } from '$lib/download/contract';
import { archiveFilename } from '$lib/download/filename';
import type { PastJob } from './history';
import { jobAtStart, scopeOf, UNKNOWN_PACE, type Job, type Order, type Scope } from './job-view';
import type { DownloadsOptions } from './downloads-options';
import { loadTools, type Tools } from './load-tools';
import { NO_PLACE } from './save-place';
import type { HandedOver, JobRun, Pace } from './work';

export type { Job, Scope } from './job-view';

/** The running or last download. It outlives pages and dialogs; one runs at a time. */
export class Downloads {
	#options: DownloadsOptions;
	#job = $state.raw<Job | null>(null);
	#run: JobRun | null = null;
	/** What the last job was about, to start it again. */
	#last: Order = { scope: { team: null }, files: null, round: 1 };
	/** The admin is choosing a file just now. */
	#choosing = false;
	/** The files of archives that were handed over; `null` before the first. */
	#handedOver: HandedOver | null = null;
	#pace: Pace | null = null;
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

	/** Whether an archive can be written straight to a file that the admin chooses. */
	get canChoosePlace(): boolean {
		return this.#options.choosePlace !== undefined;
	}

	/** Starts a download and shows it; while one runs, shows that one. From a press, where it goes straight to disk. */
	start(scope: Scope): void {
		void this.#start({ scope, files: null, round: 1 });
	}

	/**
	 * Goes on with a download that was interrupted, unless one runs.
	 * @param teamName of its team, where it had one
	 */
	goOn(interrupted: JobRequest, teamName: string): void {
		const { files, series } = interrupted;
		const scope = scopeOf(interrupted, teamName);
		void this.#start({ scope, files, round: 1, interrupted, ...(series && { series }) });
	}

	/** Starts the last download once more; what is here of it is not fetched again. */
	again(): void {
		void this.#next(({ onceMore }) => onceMore(this.#last, this.#outcome()));
	}

	/** Fetches just what has failed, into an archive of its own. */
	retryFailed(): void {
		void this.#next(({ whatFailed }) => whatFailed(this.#last, this.#outcome()));
	}

	/** After the outcome `no-room`: all of it at once all the same, or straight to a file that the admin chooses. */
	insist(how: 'here' | 'straight-to-disk'): void {
		if (this.#outcome()?.kind !== 'no-room') return;
		void this.#next(({ allOfIt }) => allOfIt(this.#last, how));
	}

	/** Bytes of archives that were handed over and still take room, for the browser to copy them. */
	get handedOverBytes(): number {
		return this.#handedOver?.bytes ?? 0;
	}

	/** After the outcome `no-room`: the admin has the archives that were handed over, so their files make room. */
	async makeRoom(): Promise<void> {
		if (this.#outcome()?.kind !== 'no-room') return;
		await this.#handedOver?.deleteAll();
		this.again();
	}

	/** After the outcome `no-room`: the first of the parts that have room. */
	startParts(): void {
		const outcome = this.#outcome();
		if (outcome?.kind !== 'no-room') return;
		void this.#next(({ firstPart }) => firstPart(this.#last, outcome.parts));
	}

	/** The next part: the admin has those before it, and what had failed of them, so their files make room. */
	async nextPart(): Promise<void> {
		const { series } = this.#last;
		if (!series || !this.#job?.next || !this.#outcome()) return;
		await this.#handedOver?.deleteAll(series.parts);
		await this.#next(({ partAfter }) => partAfter(this.#last));
	}

	/** Stops the running job. Nothing is saved. */
	async cancel(): Promise<void> {
		if (this.#job?.state.kind !== 'running') return;
		this.#patch({ state: { kind: 'cancelling' } });
		await this.#run?.cancel();
	}

	/** Begins no other photo until `resume`; those under way finish. */
	pause(): void {
		this.#run?.pause();
	}

	resume(): void {
		this.#run?.resume();
	}

	/** The admin has signed in again. */
	continueAfterSignIn(): void {
		this.#run?.signedIn();
	}

	/** Hands the finished archive over once more. */
	saveAgain(): void {
		const outcome = this.#outcome();
		if (outcome?.kind === 'saved') this.#options.save(outcome.blob, outcome.filename);
	}

	/** Saves the list of files that failed. */
	async saveFailures(): Promise<void> {
		const job = this.#job;
		if (!job) return;
		const { failuresFile, failuresFilename } = await import('./work');
		this.#options.save(await failuresFile(job.failures), failuresFilename(job.filename));
	}

	/** Forgets the finished job, and gives its archive's memory back. */
	dismiss(): void {
		if (this.running) return;
		this.#job = null;
		this.dialogOpen = false;
		this.#letGo();
	}

	/** Others than those whose photos these are come in sight: what runs ends, and nothing of any of them stays. */
	forgetAll(): void {
		this.#run?.end();
		this.#run = null;
		this.#job = null;
		this.#history = [];
		this.dialogOpen = false;
		this.panelOpen = false;
	}

	dispose(): void {
		this.#handedOver?.dispose();
		this.#run?.end();
		this.#run = null;
		this.#job = null;
	}

	/** Starts what an ended download leads to, if anything. */
	async #next(order: (orders: Tools['orders']) => Order | null): Promise<void> {
		const tools = await loadTools();
		if (!tools) return this.#failed(NOT_LOADED);
		const next = order(tools.orders);
		if (next) await this.#start(next);
	}

	/** While one runs, or a place is being chosen for one, only shows that. */
	async #start(order: Order): Promise<void> {
		if (this.running) this.dialogOpen = true;
		if (this.running || this.#choosing) return;
		const filename = order.interrupted?.filename ?? archiveFilename(Date.now(), order.round, order.series);
		const { choosePlace } = this.#options;
		if (!order.scope.straightToDisk || !choosePlace) return this.#work(order, filename, null);
		this.#choosing = true;
		const whose = this.#organization;
		try {
			// First what writes it: without that, the file that was chosen would stay, and be empty.
			const tools = await loadTools();
			if (!tools) return this.#failAtOnce(order, filename, NOT_LOADED);
			const place = await choosePlace(filename);
			if (!place) return;
			// Others are on the screen by now: theirs is not what was asked for.
			if (this.#organization !== whose) return void tools.removeEmpty(place);
			void this.#work(order, place.name, place);
		} catch (error) {
			console.error(error);
			this.#failAtOnce(order, filename, NO_PLACE);
		} finally {
			this.#choosing = false;
		}
	}

	async #work(order: Order, filename: string, place: FileSystemFileHandle | null): Promise<void> {
		this.#show(order, filename);
		const id = this.#started;
		const tools = await loadTools();
		if (!tools) return this.#job?.id === id ? this.#failed(NOT_LOADED) : undefined;
		const { interrupted } = order;
		const goesOn = interrupted !== undefined && !place && (await tools.isKept(interrupted.id));
		// Others came in sight meanwhile, and may have a download of their own.
		if (this.#job?.id !== id) return void (place && tools.removeEmpty(place));
		const stopPace = this.#followPace(new tools.Pace());
		const { settings, getToken } = this.#options;
		const run = new tools.JobRun({ settings, getToken, onevent: (event) => this.#take(event) });
		this.#run = run;
		// Cancel was pressed before there was anything to cancel.
		if (this.#job.state.kind === 'cancelling') void run.cancel();
		const request = tools.requestOf(goesOn ? order : tools.orders.anew(order), filename, this.#organization);
		this.#last = { ...order, interrupted: request };
		this.#patch({ keptAs: request.id });
		const reached = await run.outcome(request, place);
		stopPace();
		const isWanted = () => this.#job?.state.kind === 'running';
		if (reached.kind === 'saved' && reached.spool !== null) {
			// Held for as long as the page offers it; between the worker's hands and ours its record keeps it.
			this.#handedOver ??= new tools.HandedOver(() => this.#letGo());
			await this.#handedOver.hold(reached.spool, reached.blob.size, order.series?.parts);
			if (!isWanted()) await this.#handedOver.delete(reached.spool);
		}
		// Whoever has pressed Cancel gets no archive, even if it was finished in that very moment.
		const outcome: JobOutcome = isWanted() ? reached : { kind: 'cancelled' };
		run.end();
		// A worker that was ended had no time to take it away, and one that had saved it by then heard of no Cancel.
		if (place && outcome.kind !== 'saved') await run.removeFile();
		if (this.#run !== run) return this.#options.onended?.();
		// The outcome's own list: the last events may still be on their way.
		const failures = 'failures' in outcome ? outcome.failures : (this.#job?.failures ?? []);
		this.#patch({ state: { kind: 'finished', outcome }, failures });
		if (this.#job) this.#history = tools.addToHistory(this.#history, this.#job, outcome, Date.now());
		if (outcome.kind === 'saved') {
			if (!outcome.inPlace) this.#options.save(outcome.blob, outcome.filename);
			if (tools.wantsBoth(request.options)) this.#options.ondelivered?.(outcome.delivered, outcome.filename);
		}
		// The lock of a worker that was ended goes a moment after it: until then nobody finds what is here.
		if (outcome.kind !== 'saved') await tools.isKept(request.id);
		this.#options.onended?.();
	}

	/** The uid of whose members are on the screen. */
	get #organization(): string | null {
		return this.#options.organization?.() ?? null;
	}

	#failAtOnce(order: Order, filename: string, reason: string): void {
		this.#show(order, filename);
		this.#failed(reason);
	}

	/** It came to nothing before it began. */
	#failed(reason: string): void {
		this.#patch({ state: { kind: 'finished', outcome: { kind: 'failed', reason, failures: [] } } });
	}

	#show(order: Order, filename: string): void {
		this.#last = order;
		this.#run = null;
		this.dialogOpen = true;
		this.#job = jobAtStart(++this.#started, order, filename);
	}

	/** Files that were handed over long ago may go, and whoever tidies up is told. */
	#letGo(): void {
		const outcome = this.#outcome();
		const offered = outcome?.kind === 'saved' ? outcome.spool : null;
		if (this.#handedOver?.letGo(offered)) this.#options.onended?.();
	}

	#outcome(): JobOutcome | null {
		const state = this.#job?.state;
		return state?.kind === 'finished' ? state.outcome : null;
	}

	/** Looks once a second, too: a network that stalls says nothing. @returns ends it */
	#followPace(pace: Pace): () => void {
		this.#pace = pace;
		const looking = setInterval(() => {
			const state = this.#job?.state;
			if (state?.kind === 'running') this.#running(state.progress);
		}, 1000);
		return () => clearInterval(looking);
	}

	#running(progress: JobProgress): void {
		this.#pace?.take(progress, performance.now());
		this.#patch({ state: { kind: 'running', progress }, pace: this.#pace?.reading ?? UNKNOWN_PACE });
	}

	#take(event: JobEvent): void {
		const job = this.#job;
		if (job?.state.kind !== 'running') return;
		if (event.type === 'warning') return this.#patch({ warning: event.warning });
		const { progress, failures, notes } = event;
		if (failures.length > 0) this.#patch({ failures: [...job.failures, ...failures] });
		if (notes.length > 0) this.#patch({ notes: [...job.notes, ...notes] });
		this.#running(progress);
	}

	#patch(change: Partial<Job>): void {
		if (this.#job) this.#job = { ...this.#job, ...change };
	}
}
