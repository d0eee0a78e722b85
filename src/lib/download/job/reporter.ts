import type { FileFailure, JobEvent, JobProgress, Waiting } from '$lib/download/contract';
import { NOTHING_YET } from '$lib/download/contract';

/** At most ten events a second, in ms. */
const EVERY = 100;

/** Keeps a job's progress, and tells it now and then, with what came meanwhile: the last state always arrives. */
export class ProgressReporter {
	readonly #emit: (event: JobEvent) => void;
	#progress: JobProgress = { ...NOTHING_YET };
	#failures: FileFailure[] = [];
	#notes: string[] = [];
	#waits = new Map<string, Waiting>();
	#timer: ReturnType<typeof setTimeout> | null = null;
	#ended = false;

	constructor(emit: (event: JobEvent) => void) {
		this.#emit = emit;
	}

	get progress(): Readonly<JobProgress> {
		return this.#progress;
	}

	update(change: Partial<Omit<JobProgress, 'waiting'>>): void {
		Object.assign(this.#progress, change);
		this.#tellSoon();
	}

	/** Somebody (`who`) waits for something, or no longer does (`null`). The most serious wait is the one shown. */
	wait(who: string, waiting: Waiting | null): void {
		if (waiting) this.#waits.set(who, waiting);
		else this.#waits.delete(who);
		const order = ['you', 'sign-in', 'network', 'server'] as const;
		const waits = [...this.#waits.values()];
		this.#progress.waiting =
			order.map((kind) => waits.find((wait) => wait.for === kind)).find(Boolean) ?? null;
		this.#tellSoon();
	}

	/** A file can't be had. */
	fail(failure: FileFailure): void {
		this.#failures.push(failure);
		this.#tellSoon();
	}

	/** Something worth knowing that is no failure; a sentence. */
	note(note: string): void {
		this.#notes.push(note);
		this.#tellSoon();
	}

	/** Something to know before the first photo, told at once; a sentence. */
	warn(warning: string): void {
		if (!this.#ended) this.#emit({ type: 'warning', warning });
	}

	/** Tells the state now; no timer is left. */
	flush(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#ended) return;
		const [failures, notes] = [this.#failures, this.#notes];
		this.#failures = [];
		this.#notes = [];
		this.#emit({ type: 'progress', progress: { ...this.#progress }, failures, notes });
	}

	/** Tells the last state; from then on nothing is told. */
	end(): void {
		this.flush();
		this.#ended = true;
	}

	#tellSoon(): void {
		if (!this.#ended) this.#timer ??= setTimeout(() => this.flush(), EVERY);
	}
}
