import { readBackup } from './backup';
import { byShoot } from './marker-map';
import type { Marker } from './marker';
import type { Markers } from './markers.svelte';
import { previewInWords, previewRestore } from './restore-preview';
import { sentenceOf } from './sentence';

export type RestoreStep =
	/** No file has been chosen, or the last one was no good: `problem` is a sentence, or empty. */
	| { kind: 'choose'; problem: string }
	/** `share` is 0 to 1. */
	| { kind: 'reading'; share: number }
	/** `savedAt`: ms since the epoch. `changes`: how many shoots of the organization (its uid) would change. */
	| {
			kind: 'preview';
			organization: string | null;
			markers: Marker[];
			words: string;
			savedAt: number | null;
			changes: number;
	  }
	| { kind: 'restoring' }
	| { kind: 'restored'; changes: number };

const ANOTHER = 'Another organization is signed in now. Nothing was restored.';

/** The way from a backup file to restored markers. Nothing is written before `run`. */
export class Restore {
	#markers: Markers;
	/** Tells the last choice from those before it, whose reading may still go on. */
	#choice = 0;
	#step = $state.raw<RestoreStep>({ kind: 'choose', problem: '' });

	constructor(markers: Markers) {
		this.#markers = markers;
	}

	get step(): RestoreStep {
		return this.#step;
	}

	/** Why nothing can be restored, in a sentence; `null` when it can. */
	get readOnly(): string | null {
		return this.#markers.state.kind === 'read-only' ? this.#markers.state.reason : null;
	}

	/** Reads a file and tells what a restore would do. It never rejects. */
	async choose(file: Blob): Promise<void> {
		const choice = ++this.#choice;
		const show = (step: RestoreStep) => {
			if (choice === this.#choice) this.#step = step;
		};
		show({ kind: 'reading', share: 0 });
		try {
			show(await this.#preview(file, (share) => show({ kind: 'reading', share })));
		} catch (error) {
			show({ kind: 'choose', problem: sentenceOf(error) });
		}
	}

	/** Restores what was previewed. It never rejects. */
	async run(): Promise<void> {
		if (this.#step.kind !== 'preview') return;
		const { organization, markers, changes } = this.#step;
		const choice = ++this.#choice;
		if (organization !== this.#markers.organization) {
			this.#step = { kind: 'choose', problem: ANOTHER };
			return;
		}
		this.#step = { kind: 'restoring' };
		const saved = await this.#markers.restore(markers);
		if (choice !== this.#choice) return;
		this.#step = saved.ok ? { kind: 'restored', changes } : { kind: 'choose', problem: saved.reason };
	}

	/** Forgets the file. A restore that runs is still finished. */
	reset(): void {
		this.#choice += 1;
		this.#step = { kind: 'choose', problem: '' };
	}

	async #preview(file: Blob, onprogress: (share: number) => void): Promise<RestoreStep> {
		const { organization } = this.#markers;
		const reading = await readBackup(file, organization ?? '', { onprogress });
		if (reading.kind === 'bad') return { kind: 'choose', problem: reading.reason };
		const { markers, skipped, savedAt } = reading;
		const preview = previewRestore(byShoot(await this.#markers.all()), markers);
		const { added, changed, undone } = preview;
		const words = previewInWords(preview, skipped);
		const changes = added + changed + undone;
		return { kind: 'preview', organization, markers, words, savedAt, changes };
	}
}
