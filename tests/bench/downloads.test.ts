import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectDir } from '../e2e/support/build.ts';
import { buildBench } from './downloads/build-bench.ts';
import { chartOf } from './downloads/chart.ts';
import { startChromium, type Chromium } from './downloads/chromium.ts';
import {
	growthOf,
	megabytes,
	phasesLine,
	seconds,
	tableOf,
	type Results,
	type SizeResult,
} from './downloads/figures.ts';
import { machine, versions } from './downloads/machine.ts';
import type { Found } from './downloads/page/check.ts';
import type { HotSpot } from './downloads/profile.ts';
import { runOnce } from './downloads/runs.ts';
import { labels, readSettings, type Contender, type Settings } from './downloads/settings.ts';
import { startBackend, type RunningBackend } from './downloads/start-backend.ts';

/** Of one member's photos, in MB. */
const MEMBER = 3;
const settings = readSettings(process.env);
const pageDir = `${projectDir}build`;

test('downloads: time and memory, beside the floor and other ZIP writers', async () => {
	test.setTimeout(3 * 3_600_000);
	const benchDir = await mkdtemp(join(tmpdir(), 'headshots-bench-page-'));
	await buildBench(benchDir, !settings.profile);
	const browser = await startChromium();
	const results: Results = {
		date: new Date().toISOString(),
		machine: machine(),
		versions: await versions(browser.version),
		rounds: settings.rounds,
		sizes: [],
		growth: null,
		profiles: {},
	};
	try {
		for (const size of settings.sizes) {
			const result = await withBackend(size, benchDir, (backend) =>
				measure(size, settings, browser, backend),
			);
			results.sizes.push(result);
			console.log(`\n${tableOf(result)}\nThe worker: ${phasesLine(result)}\n`);
		}
		results.growth = await measureGrowth(settings.growth, browser, benchDir);
		if (settings.profile) results.profiles = await measureProfiles(settings.sizes, browser, benchDir);
	} finally {
		await browser.close();
		await rm(benchDir, { recursive: true, force: true });
	}
	await keep(results);
	for (const size of results.sizes) expectWhole(size);
});

function withBackend<T>(
	size: number,
	benchDir: string,
	use: (backend: RunningBackend) => Promise<T>,
): Promise<T> {
	return startBackend({ members: Math.round(size / MEMBER), pageDir, benchDir }).then((backend) =>
		use(backend).finally(() => backend.close()),
	);
}

/** Everybody once a round, each round beginning with another. */
async function measure(
	megabytesAsked: number,
	{ rounds, contenders }: Settings,
	browser: Chromium,
	backend: RunningBackend,
): Promise<SizeResult> {
	const { members, memberBytes } = backend;
	const result: SizeResult = {
		megabytes: megabytesAsked,
		members,
		bytes: members * memberBytes,
		samples: [],
		found: {},
		died: {},
	};
	for (let round = 0; round < rounds; round++) {
		const shift = round % contenders.length;
		for (const contender of [...contenders.slice(shift), ...contenders.slice(0, shift)]) {
			if (result.died[contender] !== undefined) continue;
			try {
				const { found, ...sample } = await runOnce(contender, browser, backend, { check: round === 0 });
				const { ms, memory } = sample;
				result.samples.push({ round, contender, ...sample });
				if (found) result.found[contender] = found;
				console.log(
					`${megabytesAsked} MB, round ${round + 1}, ${contender}: ${seconds(ms)}, ${megabytes(memory)}`,
				);
			} catch (error) {
				result.died[contender] = error instanceof Error ? error.message : String(error);
				console.log(`${megabytesAsked} MB, round ${round + 1}, ${contender} died: ${result.died[contender]}`);
			}
		}
	}
	return result;
}

/** Nobody wins by leaving something out, and the product and its floor never die. */
function expectWhole({ members, bytes, found, died }: SizeResult): void {
	for (const [contender, { entries, bytes: inside }] of Object.entries(found) as [Contender, Found][]) {
		expect({ entries, bytes: inside }, labels[contender]).toEqual({
			entries: contender === 'floor' ? 0 : 2 * members,
			bytes,
		});
	}
	for (const contender of ['floor', 'product', 'press'] as const) {
		expect(died[contender], labels[contender]).toBeUndefined();
	}
}

/** The product alone, once at each size. */
async function measureGrowth(sizes: number[], browser: Chromium, benchDir: string) {
	const points = [];
	for (const size of sizes) {
		const { bytes, ms, memory } = await withBackend(size, benchDir, async (backend) => ({
			bytes: backend.members * backend.memberBytes,
			...(await runOnce('product', browser, backend)),
		}));
		points.push({ bytes, ms, memory });
		console.log(`headshot-admin's worker, ${size} MB: ${seconds(ms)}, ${megabytes(memory)}`);
	}
	if (points.length < 3) return null;
	const growth = growthOf(points);
	console.log(`Time against size: ${growth.slope.toFixed(2)} ms for each MB, R² ${growth.r2.toFixed(4)}\n`);
	return growth;
}

async function measureProfiles(sizes: number[], browser: Chromium, benchDir: string) {
	const profiles: Record<string, HotSpot[]> = {};
	for (const size of sizes) {
		const run = await withBackend(size, benchDir, (backend) =>
			runOnce('product', browser, backend, { profile: true }),
		);
		profiles[size] = run.hotSpots ?? [];
		console.log(`\nWhere the worker's time goes at ${size} MB (${seconds(run.ms)} with the profiler)`);
		for (const { name, ms, share } of profiles[size]) {
			console.log(`${(100 * share).toFixed(1).padStart(5)} %  ${seconds(ms).padStart(8)}  ${name}`);
		}
	}
	return profiles;
}

/** For the README: the figures, and their picture. A partial run goes where it replaces nothing. */
async function keep(results: Results): Promise<void> {
	const isWhole = !Object.keys(process.env).some((name) => /^(BENCH_|ROUNDS$)/.test(name));
	const folder = isWhole ? `${projectDir}tests/bench/results` : `${projectDir}test-results/bench`;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'downloads.json'), `${JSON.stringify(results, null, '\t')}\n`);
	await writeFile(join(folder, 'downloads.svg'), chartOf(results));
	console.log(
		`Written to ${folder}. ${Object.entries(results.versions)
			.map((one) => one.join(' '))
			.join(', ')}`,
	);
}
