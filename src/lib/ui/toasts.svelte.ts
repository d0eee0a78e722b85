/** A short message at the edge of the screen, with at most one thing to do about it. */
export interface Toast {
	id: number;
	tone: 'done' | 'failed' | 'notice';
	message: string;
	action: { label: string; run: () => void } | null;
	/** Ids of what it is about: a later message about all of that takes its place. */
	about: readonly string[];
	/** Told when it was dismissed, or its action pressed. */
	onleave?: () => void;
}

/** How long one stays, in ms: with something to do, long enough to read it and to get there. */
const LASTS = 6_000;
const LASTS_WITH_ACTION = 12_000;
/** A failure stays until it is dismissed, and older messages make room; notices are not counted. */
const MOST = 3;

/** The messages on the screen, the newest last; notices come before them all. */
export class Toasts {
	#next = 1;
	#list = $state.raw<Toast[]>([]);
	#timers = new Map<number, ReturnType<typeof setTimeout>>();
	#held = false;

	get list(): Toast[] {
		return this.#list;
	}

	show(message: string, action: Toast['action'] = null, about: Toast['about'] = []): void {
		const now = new Set(about);
		for (const old of this.#list)
			if (old.about.length > 0 && old.about.every((id) => now.has(id))) this.dismiss(old.id);
		this.#add({ id: this.#next++, tone: 'done', message, action, about });
	}

	fail(message: string, action: Toast['action'] = null): void {
		this.#add({ id: this.#next++, tone: 'failed', message, action, about: [] });
	}

	/**
	 * Shows what stays until it is left, whatever comes after it; in place of the same words.
	 * @param onleave told when it was dismissed, or its action pressed
	 */
	keep(message: string, action: Toast['action'], onleave: () => void): void {
		const others = this.#list.filter((old) => old.message !== message);
		this.#list = [{ id: this.#next++, tone: 'notice', message, action, about: [], onleave }, ...others];
	}

	dismiss(id: number): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.#list = this.#list.filter((toast) => toast.id !== id);
	}

	/** While the pointer or the focus is on them, none goes. */
	hold(held: boolean): void {
		if (held === this.#held) return;
		this.#held = held;
		for (const toast of this.#list) {
			clearTimeout(this.#timers.get(toast.id));
			if (!held) this.#countDown(toast);
		}
	}

	dispose(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
		this.#list = [];
	}

	#add(toast: Toast): void {
		this.#list = [...this.#list, toast];
		const passing = this.#list.filter(({ tone }) => tone !== 'notice');
		for (const old of passing.slice(0, -MOST)) this.dismiss(old.id);
		if (!this.#held) this.#countDown(toast);
	}

	#countDown({ id, tone, action }: Toast): void {
		if (tone !== 'done') return;
		const lasts = action === null ? LASTS : LASTS_WITH_ACTION;
		this.#timers.set(
			id,
			setTimeout(() => this.dismiss(id), lasts),
		);
	}
}
