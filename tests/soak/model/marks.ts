/** What a mark holds, beside its time. */
export interface Mark {
	photoId: string | null;
	note: string;
}

/** What the page has said is saved. */
export class Marks {
	/** Actioned shoots, by id. */
	readonly actioned = new Map<string, Mark>();
	/** Notes outlive an undo. */
	readonly #notes = new Map<string, string>();
	/** Acknowledged changes. */
	made = 0;

	mark(shootId: string, photoId: string | null): void {
		this.made++;
		this.actioned.set(shootId, { photoId, note: this.#notes.get(shootId) ?? '' });
	}

	undo(shootId: string): void {
		this.made++;
		this.actioned.delete(shootId);
	}

	note(shootId: string, note: string): void {
		this.made++;
		this.#notes.set(shootId, note);
		const mark = this.actioned.get(shootId);
		if (mark) mark.note = note;
	}

	/** Shoots in the order of their ids, for a luck that repeats. */
	get ids(): string[] {
		return [...this.actioned.keys()].sort();
	}
}
