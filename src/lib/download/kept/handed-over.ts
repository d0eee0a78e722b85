import { deleteHeldSpool } from '$lib/zip/spool-files';
import { holdSpool } from '$lib/zip/spool-lock';

/** An archive that was handed over is copied by the browser, which doesn't say when: its file stays so long, in ms. */
export const COPYING_MS = 60 * 60_000;

interface HeldFile {
	release: () => void;
	timer: ReturnType<typeof setTimeout>;
	bytes: number;
	group: object | undefined;
}

/** The files of archives that this page has handed over. While it holds one, nobody takes it away. */
export class HandedOver {
	readonly #files = new Map<string, HeldFile>();
	/** Of those whose time is up. */
	readonly #due = new Set<string>();
	readonly #ondue: () => void;

	/** @param ondue told when some of them may have become of no use */
	constructor(ondue: () => void) {
		this.#ondue = ondue;
	}

	/** How much room they take. */
	get bytes(): number {
		return [...this.#files.values()].reduce((sum, file) => sum + file.bytes, 0);
	}

	/** Takes one over from the worker that wrote it. @param group with which others it goes, by identity */
	async hold(name: string, bytes: number, group?: object): Promise<void> {
		const release = await holdSpool(name);
		const timer = setTimeout(() => {
			// A page may be open for weeks.
			this.#due.add(name);
			this.#ondue();
		}, COPYING_MS + 1_000);
		this.#files.set(name, { release, timer, bytes, group });
	}

	/** Lets go of all whose time is up, but for the one that the page still offers. Returns whether there was any. */
	letGo(offered: string | null): boolean {
		const names = [...this.#due].filter((name) => name !== offered);
		for (const name of names) this.#release(name);
		return names.length > 0;
	}

	/** Takes all of a group away, or all there are: the admin has them. Never rejects. */
	async deleteAll(group?: object): Promise<void> {
		const all = [...this.#files].filter(([, file]) => group === undefined || file.group === group);
		for (const [name] of all) await this.delete(name);
	}

	/** Takes one away: nobody will get it. Never rejects. */
	async delete(name: string): Promise<void> {
		const file = this.#files.get(name);
		if (!file) return;
		clearTimeout(file.timer);
		this.#files.delete(name);
		this.#due.delete(name);
		await deleteHeldSpool(name, file.release).catch(console.error);
	}

	dispose(): void {
		for (const name of [...this.#files.keys()]) this.#release(name);
	}

	#release(name: string): void {
		const file = this.#files.get(name);
		clearTimeout(file?.timer);
		file?.release();
		this.#files.delete(name);
		this.#due.delete(name);
	}
}
