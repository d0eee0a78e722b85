/** What is measured, unless the environment says otherwise. */

/** Who takes part, in the order of the table. `floor` writes raw bytes and no ZIP; `press` is the page itself. */
export const contenders = [
	'floor',
	'product',
	'press',
	'client-zip',
	'fflate',
	'zip.js',
	'jszip-stream',
	'jszip-blob',
] as const;

export type Contender = (typeof contenders)[number];

export const labels: Record<Contender, string> = {
	floor: 'floor: raw bytes, no ZIP',
	product: 'headshot-admin, its worker',
	press: 'headshot-admin, press to saved',
	'client-zip': 'client-zip → OPFS',
	fflate: 'fflate → OPFS',
	'zip.js': 'zip.js → OPFS',
	'jszip-stream': 'JSZip, streamed → OPFS',
	'jszip-blob': 'JSZip generateAsync → Blob',
};

export interface Settings {
	/** Sizes of the archives, in MB (1,000,000 bytes). */
	sizes: number[];
	rounds: number;
	contenders: Contender[];
	/** One run of the product at each of these sizes: does the time grow with the size? Empty: not measured. */
	growth: number[];
	/** Says where the worker's time goes, besides. */
	profile: boolean;
}

/**
 * `BENCH_SIZES=90,300` (MB), `ROUNDS=1`, `BENCH_CONTENDERS=floor,product`, `BENCH_GROWTH=300,1000` (MB, `none`),
 * `BENCH_PROFILE=1`.
 * @throws Error for a value that makes no sense
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
	const names = list(env.BENCH_CONTENDERS) ?? [...contenders];
	const chosen = contenders.filter((name) => names.includes(name));
	if (chosen.length !== names.length) {
		throw new Error(`BENCH_CONTENDERS are some of ${contenders.join(', ')}.`);
	}
	return {
		sizes: numbers('BENCH_SIZES', env.BENCH_SIZES) ?? [90, 300, 3000],
		rounds: numbers('ROUNDS', env.ROUNDS)?.[0] ?? 5,
		contenders: chosen,
		growth:
			env.BENCH_GROWTH === 'none'
				? []
				: (numbers('BENCH_GROWTH', env.BENCH_GROWTH) ?? [300, 1000, 3000, 6000]),
		profile: env.BENCH_PROFILE === '1',
	};
}

function list(text: string | undefined): string[] | null {
	return text ? text.split(',').map((part) => part.trim()) : null;
}

function numbers(name: string, text: string | undefined): number[] | null {
	const found = list(text)?.map(Number) ?? null;
	if (found?.some((one) => !Number.isFinite(one) || one <= 0))
		throw new Error(`${name}: not a list of numbers.`);
	return found;
}
