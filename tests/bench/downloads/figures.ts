/** What is made of the samples. Pure. */

import type { Phases } from './page/bench.ts';
import type { Found } from './page/check.ts';
import type { HotSpot } from './profile.ts';
import { labels, type Contender } from './settings.ts';

/** One run. Times in ms, memory in bytes above idle. */
export interface Sample {
	round: number;
	contender: Contender;
	ms: number;
	memory: number | null;
	/** ms of the processor's time. */
	cpu: number | null;
	phases?: Phases;
}

/** Everything that was measured at one size. */
export interface SizeResult {
	/** As it was asked for, in MB. */
	megabytes: number;
	members: number;
	/** Of all photos. */
	bytes: number;
	samples: Sample[];
	/** What was in each one's archive. */
	found: Partial<Record<Contender, Found>>;
	/** Who could not finish, and in which words. */
	died: Partial<Record<Contender, string>>;
}

/** One contender at one size: medians of its rounds. */
export interface Row {
	contender: Contender;
	runs: number;
	/** ms; `null` when it died. */
	ms: number | null;
	/** To the floor of the same round; `null` without one. */
	ratio: number | null;
	/** The most above idle, in bytes. */
	memory: number | null;
	cpu: number | null;
	died: string | null;
}

export interface Growth {
	points: { bytes: number; ms: number; memory: number | null }[];
	/** Of time against size, by a straight line. */
	r2: number;
	/** ms for each MB. */
	slope: number;
}

export interface Results {
	/** ISO */
	date: string;
	machine: { cpu: string; cores: number; memory: number; system: string };
	versions: Record<string, string>;
	rounds: number;
	sizes: SizeResult[];
	growth: Growth | null;
	/** Of the product's worker, by size in MB. */
	profiles: Record<string, HotSpot[]>;
}

export function rowsOf({ samples, died }: SizeResult): Row[] {
	const floors = new Map(samples.filter(isFloor).map(({ round, ms }) => [round, ms]));
	const names = Object.keys(labels) as Contender[];
	return names.flatMap((contender) => {
		const mine = samples.filter((sample) => sample.contender === contender);
		const why = died[contender] ?? null;
		if (mine.length === 0 && why === null) return [];
		return {
			contender,
			runs: mine.length,
			ms: why === null ? median(mine.map(({ ms }) => ms)) : null,
			ratio:
				why === null
					? median(mine.flatMap(({ round, ms }) => (floors.has(round) ? [ms / floors.get(round)!] : [])))
					: null,
			memory: median(mine.flatMap(({ memory }) => (memory === null ? [] : [memory]))),
			cpu: median(mine.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]))),
			died: why,
		};
	});
}

function isFloor({ contender }: Sample): boolean {
	return contender === 'floor';
}

export function median(values: readonly number[]): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length === 0) return null;
	return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Least squares. */
export function growthOf(points: Growth['points']): Growth {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const meanX = mean(points.map(({ bytes }) => bytes));
	const meanY = mean(points.map(({ ms }) => ms));
	const sum = (term: (x: number, y: number) => number) =>
		points.reduce((total, { bytes, ms }) => total + term(bytes - meanX, ms - meanY), 0);
	const slope = sum((x, y) => x * y) / sum((x) => x * x);
	const r2 = sum((x, y) => x * y) ** 2 / (sum((x) => x * x) * sum((_, y) => y * y));
	return { points, r2, slope: slope * 1e6 };
}

/** As text, for a terminal. */
export function tableOf(size: SizeResult): string {
	const lines = rowsOf(size).map((row) =>
		row.died === null
			? [
					labels[row.contender],
					ratio(row.ratio),
					seconds(row.ms),
					seconds(row.cpu),
					megabytes(row.memory),
					`${row.runs}`,
				]
			: [labels[row.contender], 'dies', '–', '–', '–', row.died],
	);
	const head = [`${size.megabytes} MB, ${size.members} members`, '× floor', 'time', 'CPU', 'memory', 'runs'];
	const table = [head, ...lines];
	const widths = head.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
	return table
		.map(([name = '', ...cells]) => {
			const last = cells.pop() ?? '';
			const numbers = cells.map((cell, n) => cell.padStart(widths[n + 1]!));
			return [name.padEnd(widths[0]!), ...numbers, last].join('  ');
		})
		.join('\n');
}

/** Of the product's job: "fetching 1.20 s, packing 0.30 s". Medians. */
export function phasesLine({ samples }: SizeResult): string {
	const all = samples.flatMap(({ phases }) => (phases ? [phases] : []));
	const names = Object.keys(all[0] ?? {}) as (keyof Phases)[];
	return names
		.map((name) => `${name} ${seconds(median(all.flatMap((phases) => phases[name] ?? [])))}`)
		.join(', ');
}

export function ratio(value: number | null): string {
	return value === null ? '–' : value.toFixed(2);
}

export function seconds(ms: number | null): string {
	return ms === null ? '–' : `${(ms / 1000).toFixed(2)} s`;
}

export function megabytes(bytes: number | null): string {
	return bytes === null ? '–' : `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
}
