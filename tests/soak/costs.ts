/** Where a walk's time goes, by kind. */
export class Costs {
	/** In ms, each time that it was done. */
	readonly #times = new Map<string, number[]>();

	add(kind: string, ms: number): void {
		const times = this.#times.get(kind);
		if (times) times.push(ms);
		else this.#times.set(kind, [ms]);
	}

	/** A line for each kind, the dearest first. */
	toString(): string {
		const rows = [...this.#times].map(([kind, times]) => ({
			kind,
			times: times.length,
			median: median(times),
			total: times.reduce((sum, ms) => sum + ms, 0),
		}));
		const lines = rows
			.sort((a, b) => b.total - a.total)
			.map(({ kind, times, median, total }) => [kind, times, Math.round(median), (total / 1000).toFixed(1)]);
		return [['kind', 'times', 'median ms', 'total s'], ...lines]
			.map(([kind, ...numbers]) =>
				[String(kind).padEnd(22), ...numbers.map((number) => String(number).padStart(10))].join(''),
			)
			.join('\n');
	}
}

function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
