import { byteLength, fold } from './safe-text';

/** How a name is put together: its stem, a number where it is needed, and what stands behind it. */
export interface NameForm {
	/** The longest whole name, in UTF-8 bytes. */
	maxBytes: number;
	/** Before and behind the number of a name that is taken. */
	number: readonly [before: string, behind: string];
	/** E.g. `.jpg`. */
	ending: string;
}

/** Names of one folder, each different from all others on every common file system. */
export class UniqueNames {
	/** Folded names that were handed out. */
	readonly #taken = new Set<string>();
	/** How many digits the number behind a name has by now, by folded name: many equal names take linear time. */
	readonly #digits = new Map<string, number>();
	/** The next number worth trying, by digits and folded stem. */
	readonly #next = new Map<string, number>();

	/** @param reserved names that are never handed out */
	constructor(reserved: Iterable<string> = []) {
		for (const name of reserved) this.#claim(name);
	}

	/**
	 * The name, or with a number from 2 on where that is taken; never the same one twice.
	 * @param stemWithin the stem, at most so many UTF-8 bytes long
	 */
	take(stemWithin: (maxBytes: number) => string, form: NameForm): string {
		const room = form.maxBytes - byteLength(form.ending);
		const name = stemWithin(room) + form.ending;
		return this.#claim(name) ? name : this.#takeNumbered(stemWithin, form, room, fold(name));
	}

	#takeNumbered(
		stemWithin: (maxBytes: number) => string,
		{ number: [before, behind], ending }: NameForm,
		room: number,
		base: string,
	): string {
		for (let digits = this.#digits.get(base) ?? 1; ; digits++) {
			this.#digits.set(base, digits);
			const stem = stemWithin(room - byteLength(before + behind) - digits);
			// A stem is cut to leave room for its number, so different names may share one: count by stem.
			const key = `${digits}/${fold(stem + ending)}`;
			const end = 10 ** digits;
			for (let n = this.#next.get(key) ?? Math.max(2, end / 10); n < end; n++) {
				const name = stem + before + n + behind + ending;
				if (this.#claim(name)) {
					this.#next.set(key, n + 1);
					return name;
				}
			}
			this.#next.set(key, end);
		}
	}

	#claim(name: string): boolean {
		const key = fold(name);
		if (this.#taken.has(key)) return false;
		this.#taken.add(key);
		return true;
	}
}
