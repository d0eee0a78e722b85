import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { chromiumArgs } from '../browser/launch.ts';
import { expect, test as base, type Admin, type Setup } from './support/fixtures.ts';
import { browserMemory } from './support/processes.ts';

const JOBS = 10;
/** 8 MB a job: that one archive of each is not given back would be 75 MB after ten. */
const company: Setup = { members: 12, headshotBytes: 700_000 };
/** As large downloads do. */
const spooled = { memoryBytes: 1_000_000, flushBytes: 500_000 };
/** How much more than after the first job, in bytes. */
const ALLOWED = 20_000_000;
/** What was let go of is given back a moment later. */
const LETTING_GO = { timeout: 120_000, intervals: [1_000] };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** With a profile on disk: where there is none, as in a private window, even files are in memory. */
const test = base.extend({
	// Playwright wants the braces.
	// eslint-disable-next-line no-empty-pattern
	context: async ({}, use) => {
		const profile = await mkdtemp(join(tmpdir(), 'headshots-profile-'));
		const context = await chromium.launchPersistentContext(profile, {
			args: chromiumArgs,
			...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
		});
		await use(context);
		await context.close();
		await rm(profile, { recursive: true, force: true });
	},
});

test('ten downloads in memory leave what the first left: no memory, worker, proxy, lock or file', async ({
	openAdmin,
	page,
}) => {
	test.setTimeout(300_000);
	await page.clock.install();
	const admin = await openAdmin(company);
	const { first, watcher } = await runJobs(admin, page);
	await expect.poll(() => watcher.moreThan(first.objects), LETTING_GO).toEqual({});
	await expect.poll(async () => (await watcher.memory()) - first.memory, LETTING_GO).toBeLessThan(ALLOWED);
	await expect.poll(() => page.workers()).toEqual([]);
	expect(await page.evaluate(locks)).toEqual([]);
	expect(await page.evaluate(spools)).toEqual([]);
});

test('ten downloads into files leave those files alone, under their locks, and an hour later nothing, in the same page', async ({
	openAdmin,
	page,
}) => {
	test.setTimeout(300_000);
	await page.clock.install();
	const admin = await openAdmin({ ...company, limits: spooled });
	const { first, watcher } = await runJobs(admin, page);
	await expect.poll(() => watcher.moreThan(first.objects), LETTING_GO).toEqual({});
	await expect.poll(async () => (await watcher.memory()) - first.memory, LETTING_GO).toBeLessThan(ALLOWED);
	await expect.poll(() => page.workers()).toEqual([]);

	// The browser may still be copying them, and doesn't say when it has.
	const files = await page.evaluate(spools);
	expect(files).toHaveLength(JOBS);
	expect(await page.evaluate(locks)).toEqual(files.map((name) => `headshot-admin:spool:${name}`));

	await page.clock.fastForward(HOUR + MINUTE);
	await expect.poll(() => page.evaluate(spools)).toEqual([]);
	await expect.poll(() => page.evaluate(jobRecords)).toBe(0);
	expect(await page.evaluate(locks)).toEqual([]);
});

/** @returns what the first left, and who can say it again */
async function runJobs(admin: Admin, page: Page) {
	await admin.expectCards(company.members!);
	const watcher = new Watcher(await page.context().newCDPSession(page));
	let first: { memory: number; objects: Record<string, number> } | null = null;
	for (let job = 0; job < JOBS; job++) {
		const [download] = await Promise.all([page.waitForEvent('download'), admin.startDownload()]);
		await admin.expectOutcome(`${company.members} of ${company.members} members saved`);
		await download.path();
		await download.delete();
		await admin.close();
		await expect.poll(() => page.workers().length).toBe(0);
		// FileSaver lets go of an archive 40 s after it was handed over.
		await page.clock.fastForward(MINUTE);
		first ??= { memory: await watcher.memory(), objects: await watcher.objects() };
	}
	return { first: first!, watcher };
}

/** Looks at a page after it has thrown away what it doesn't need. */
class Watcher {
	readonly #devtools: CDPSession;

	constructor(devtools: CDPSession) {
		this.#devtools = devtools;
	}

	/** Of all of the browser, in bytes. */
	async memory(): Promise<number> {
		await this.#devtools.send('HeapProfiler.collectGarbage');
		// Memory goes back to the machine a moment later than to the browser.
		await sleep(500);
		return browserMemory();
	}

	/** What there is more of. */
	async moreThan(first: Record<string, number>): Promise<Record<string, number>> {
		const now = Object.entries(await this.objects());
		return Object.fromEntries(now.filter(([kind, count]) => count > (first[kind] ?? 0)));
	}

	/** How many of what a job needs are still there: workers, and the ports that proxies are made of. */
	async objects(): Promise<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const kind of ['Worker', 'MessagePort']) {
			const { result } = await this.#devtools.send('Runtime.evaluate', { expression: `${kind}.prototype` });
			const { objects } = await this.#devtools.send('Runtime.queryObjects', {
				prototypeObjectId: result.objectId!,
				objectGroup: 'counted',
			});
			const { result: count } = await this.#devtools.send('Runtime.callFunctionOn', {
				objectId: objects.objectId!,
				functionDeclaration: 'function () { return this.length; }',
				returnByValue: true,
			});
			counts[kind] = count.value as number;
			await this.#devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'counted' });
		}
		return counts;
	}
}

/** Runs in the page: names of the locks that somebody has or waits for, sorted; the page's own version has one always. */
async function locks(): Promise<string[]> {
	const { held = [], pending = [] } = await navigator.locks.query();
	return [...held, ...pending]
		.map(({ name }) => name!)
		.filter((name) => !name.startsWith('headshot-admin:version:'))
		.sort();
}

/** Runs in the page: names of the files that archives are in, sorted. */
async function spools(): Promise<string[]> {
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
	const names: string[] = [];
	for await (const name of folder.keys()) names.push(name);
	return names.sort();
}

/** Runs in the page: how many jobs are remembered, handed over or not. */
function jobRecords(): Promise<number> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			const counting = db.transaction('jobs').objectStore('jobs').count();
			counting.onsuccess = () => {
				db.close();
				resolve(counting.result);
			};
		};
	});
}
