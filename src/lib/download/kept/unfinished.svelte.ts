import type { Store } from '$lib/storage/store';
import type { UnfinishedJob } from './interrupted';

/** The downloads of an organization that were interrupted in this browser, and the files that nobody needs any more. */
export class Unfinished {
	#store: Store;
	#now: () => number;
	#organization: string | null = null;
	#jobs = $state.raw<readonly UnfinishedJob[]>([]);

	constructor(store: Store, now: () => number = Date.now) {
		this.#store = store;
		this.#now = now;
	}

	/** The latest that can go on; `null` when none was interrupted. */
	get latest(): UnfinishedJob | null {
		return this.#jobs[0] ?? null;
	}

	/** What is here of the download with this id; `null` when nothing is. */
	of(id: string | null): UnfinishedJob | null {
		return this.#jobs.find(({ request }) => request.id === id) ?? null;
	}

	/** Looks for an organization's, and takes away files that nobody needs. Never rejects. */
	async open(organization: string): Promise<void> {
		if (organization !== this.#organization) this.#jobs = [];
		this.#organization = organization;
		await this.refresh();
	}

	/** Nobody's are shown from now on. */
	close(): void {
		this.#organization = null;
		this.#jobs = [];
	}

	/** Looks again: a job has ended, here or elsewhere. Never rejects. */
	async refresh(): Promise<void> {
		const organization = this.#organization;
		if (organization === null) return;
		try {
			const { findInterrupted } = await import('./interrupted');
			const found = await findInterrupted(this.#store, organization, this.#now());
			if (organization === this.#organization) this.#jobs = found;
		} catch (error) {
			console.warn('Whether a download was interrupted is not known.', error);
		}
	}

	/** Forgets it, with what it has fetched. Never rejects. */
	async discard({ request: { id } }: UnfinishedJob): Promise<void> {
		this.#jobs = this.#jobs.filter(({ request }) => request.id !== id);
		try {
			const { discardInterrupted } = await import('./interrupted');
			await discardInterrupted(this.#store, id);
		} catch (error) {
			console.warn('An interrupted download could not be deleted.', error);
		}
	}
}
