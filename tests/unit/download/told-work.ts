import type { JobEvent, JobOutcome, JobRequest } from '$lib/download/contract';
import { deferred, type Deferred } from '../backend/client-helpers.ts';

/** What downloads load to do their work, where a job says what the test lets it say, and a private file is a name. */
export const world = {
	runs: [] as { request: JobRequest; place: unknown; calls: string[] }[],
	/** The last job tells this. */
	emit: (_: JobEvent) => {},
	/** It ends so. */
	ended: deferred<JobOutcome>(),
	/** Files of archives that were handed over, and with which others each goes. */
	held: [] as [name: string, group: unknown][],
	/** One is being taken over. */
	onhold: () => {},
	deleted: [] as unknown[],
	/** Which one was still offered whenever they might have been let go of, and whether there was any to let go of. */
	offered: [] as (string | null)[],
	isDue: false,
	/** The time of some of them is up. */
	tidyUp: () => {},
};

class JobRun {
	readonly #calls: string[] = [];

	constructor({ onevent }: { onevent: (event: JobEvent) => void }) {
		world.emit = onevent;
	}

	outcome(request: JobRequest, place: unknown): Promise<JobOutcome> {
		world.runs.push({ request, place, calls: this.#calls });
		const ended: Deferred<JobOutcome> = deferred();
		world.ended = ended;
		return ended.promise;
	}

	pause = () => void this.#calls.push('pause');
	resume = () => void this.#calls.push('resume');
	signedIn = () => void this.#calls.push('signedIn');
	cancel = async () => void this.#calls.push('cancel');
	end = () => void this.#calls.push('end');
	removeFile = async () => void this.#calls.push('removeFile');
}

class HandedOver {
	constructor(ondue: () => void) {
		world.tidyUp = ondue;
	}

	readonly bytes = 7;

	async hold(name: string, _bytes: number, group: unknown): Promise<void> {
		world.held.push([name, group]);
		world.onhold();
	}

	async delete(name: string): Promise<void> {
		world.deleted.push(name);
	}

	async deleteAll(group: unknown): Promise<void> {
		world.deleted.push(group);
	}

	letGo(offered: string | null): boolean {
		world.offered.push(offered);
		return world.isDue;
	}

	dispose(): void {}
}

export const work = { JobRun, HandedOver };
