/** Which shoots are picked, to do something with just those. */
export class Selection {
	#ids = $state.raw<ReadonlySet<string>>(new Set());
	/** Where a range begins. */
	#anchor: string | null = null;

	get size(): number {
		return this.#ids.size;
	}

	get ids(): ReadonlySet<string> {
		return this.#ids;
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	/**
	 * Picks one, or lets go of it; with `range`, does the same with all between it and the one before.
	 * @param order as they stand on the screen
	 */
	toggle(id: string, range: boolean, order: readonly string[]): void {
		const picked = !this.#ids.has(id);
		const from = range && this.#anchor !== null ? order.indexOf(this.#anchor) : -1;
		const to = order.indexOf(id);
		const touched = from < 0 || to < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
		const ids = new Set(this.#ids);
		for (const one of touched) {
			if (picked) ids.add(one);
			else ids.delete(one);
		}
		this.#ids = ids;
		this.#anchor = id;
	}

	all(order: readonly string[]): void {
		this.#ids = new Set(order);
	}

	clear(): void {
		if (this.#ids.size > 0) this.#ids = new Set();
		this.#anchor = null;
	}
}
