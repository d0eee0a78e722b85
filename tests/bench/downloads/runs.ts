import { execFile } from 'node:child_process';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Chromium, Tab } from './chromium.ts';
import { processorTimeOf, settledMemory, watchMemory } from './processes.ts';
import type { Found } from './page/check.ts';
import type { Phases, Timing } from './page/bench.ts';
import { recordProfile, type HotSpot } from './profile.ts';
import type { Contender } from './settings.ts';
import type { RunningBackend } from './start-backend.ts';

/** One run, measured. */
export interface Run {
	ms: number;
	/** The most that the whole browser held above what it held before, in bytes; `null` where that can't be measured. */
	memory: number | null;
	/** What the whole browser used of the processor, in ms; `null` where that can't be measured. */
	cpu: number | null;
	/** How long each phase of the product's job took, in ms. */
	phases?: Phases;
	/** What was in the archive, where that was asked for. */
	found?: Found;
	/** Where the worker's time went, where that was asked for. */
	hotSpots?: HotSpot[];
}

export interface RunOptions {
	check?: boolean;
	profile?: boolean;
}

/** Longer than any run takes, in ms. */
const PATIENCE = 15 * 60_000;

/** One run in a tab of its own, which is closed afterwards. @throws Error with why it could not be finished */
export async function runOnce(
	contender: Contender,
	browser: Chromium,
	backend: RunningBackend,
	options: RunOptions = {},
): Promise<Run> {
	await flushDisk();
	const tab = await browser.openTab(contender === 'press' ? backend.page : backend.bench);
	try {
		const work =
			contender === 'press'
				? press(browser, tab, backend)
				: runWorker(contender, browser, tab, backend, options);
		return await inTime(work);
	} finally {
		await tab.close();
	}
}

async function runWorker(
	contender: Exclude<Contender, 'press'>,
	browser: Chromium,
	tab: Tab,
	backend: RunningBackend,
	{ check, profile }: RunOptions,
): Promise<Run> {
	await until(() => tab.evaluate<boolean>(`typeof bench === 'object'`));
	await tab.evaluate(`bench.prepare(${JSON.stringify(contender)})`);
	try {
		const stopProfile = profile ? await recordProfile(tab) : null;
		const { photoOrigin, members } = backend;
		const call = `bench.run(${JSON.stringify({ photoOrigin, members })})`;
		const { result, memory, cpu } = await measured(browser, () => tab.evaluate<Timing>(call));
		return {
			...result,
			memory,
			cpu,
			...(stopProfile && { hotSpots: await stopProfile() }),
			...(check && { found: await tab.evaluate<Found>('bench.check()') }),
		};
	} finally {
		// A tab that has crashed leaves its files to the next one.
		await tab.evaluate('bench.tidy()').catch(() => {});
	}
}

/** From the press of Download Favorites to the whole file in the folder of downloads. */
async function press(browser: Chromium, tab: Tab, { members, memberBytes }: RunningBackend): Promise<Run> {
	const button = `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Download Favorites')`;
	await until(() => tab.evaluate<boolean>(`${button} !== undefined && !${button}.disabled`));
	const saved = nextDownload(browser);
	const { result, memory, cpu } = await measured(browser, async () => {
		const pressed = await tab.evaluate<number>(`(${button}.click(), Date.now())`);
		const { name, at } = await saved;
		return { name, ms: at - pressed };
	});
	const file = join(browser.downloads, result.name);
	const { size } = await stat(file);
	await rm(file);
	await tab.evaluate(REMOVE_ARCHIVE);
	if (size < members * memberBytes) throw new Error(`The saved file has ${size} bytes only.`);
	return { ms: result.ms, memory, cpu };
}

/** Waits until the browser is at rest, and measures what `work` costs it. */
async function measured<T>(
	{ pid }: Chromium,
	work: () => Promise<T>,
): Promise<{ result: T } & Pick<Run, 'memory' | 'cpu'>> {
	const idle = await settledMemory(pid);
	const cpuBefore = processorTimeOf(pid);
	const memory = watchMemory(pid);
	const result = await work().finally(() => memory.stop());
	const peak = memory.stop();
	const cpu = processorTimeOf(pid);
	return {
		result,
		memory: peak === null || idle === null ? null : peak - idle,
		cpu: cpu === null || cpuBefore === null ? null : cpu - cpuBefore,
	};
}

/** The product keeps a file that was handed over for an hour, and the next run must not find it. */
const REMOVE_ARCHIVE = `navigator.storage.getDirectory().then(async (root) => {
	for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
})`;

/** @returns its name in the folder, and when it was whole in ms since the epoch */
function nextDownload({ cdp }: Chromium): Promise<{ name: string; at: number }> {
	return new Promise((resolve, reject) => {
		const stop = cdp.on('Browser.downloadProgress', ({ state, guid }) => {
			if (state === 'inProgress') return;
			stop();
			if (state === 'completed') resolve({ name: String(guid), at: Date.now() });
			else reject(new Error('The browser gave the download up.'));
		});
	});
}

/** What earlier runs have left to be written must not be written during the next one. */
async function flushDisk(): Promise<void> {
	if (process.platform !== 'win32') await promisify(execFile)('sync');
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
	for (const start = Date.now(); !(await isTrue()); await sleep(50)) {
		if (Date.now() - start > 60_000) throw new Error('The page did not get ready.');
	}
}

async function inTime<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('It took too long.')), PATIENCE);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
