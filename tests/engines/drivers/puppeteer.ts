import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, {
	type Browser as PuppeteerBrowser,
	type BrowserContext,
	type Frame,
	type LaunchOptions,
	type Page,
} from 'puppeteer-core';
import { chromiumArgs } from '../../browser/launch.ts';
import { scriptOf, type Browser, type Tab } from './driver.ts';

export interface PuppeteerOptions {
	/** The executable. */
	path: string;
	/** A window that forgets everything when it is closed. */
	isPrivate?: true;
}

export async function startChromium({ path, isPrivate }: PuppeteerOptions): Promise<Browser> {
	const profile = await makeProfile();
	const downloadBehavior = { policy: 'allow', downloadPath: profile.downloads } as const;
	return start(
		profile,
		{ executablePath: path, args: chromiumArgs, downloadBehavior },
		isPrivate ? (running) => running.createBrowserContext({ downloadBehavior }) : undefined,
	);
}

/** Through WebDriver BiDi. */
export async function startFirefox({ path, isPrivate }: PuppeteerOptions): Promise<Browser> {
	const profile = await makeProfile();
	return start(profile, {
		browser: 'firefox',
		executablePath: path,
		extraPrefsFirefox: {
			'browser.download.folderList': 2,
			'browser.download.dir': profile.downloads,
			'browser.download.useDownloadDir': true,
			'browser.download.always_ask_before_handling_new_types': false,
			// Every window is a private one.
			'browser.privatebrowsing.autostart': isPrivate ?? false,
		},
	});
}

interface Profile {
	folder: string;
	downloads: string;
}

async function makeProfile(): Promise<Profile> {
	return {
		folder: await mkdtemp(join(tmpdir(), 'headshots-profile-')),
		downloads: await mkdtemp(join(tmpdir(), 'headshots-saved-')),
	};
}

/** @param room where its tabs are; in its own windows unless told */
async function start(
	profile: Profile,
	options: LaunchOptions,
	room: (running: PuppeteerBrowser) => Promise<BrowserContext> = async (one) => one.defaultBrowserContext(),
): Promise<Browser> {
	const launch = () => puppeteer.launch({ ...options, userDataDir: profile.folder, defaultViewport: null });
	let running = await launch();
	let context = await room(running);
	return {
		version: await running.version(),
		downloads: profile.downloads,
		newTab: async () => new PuppeteerTab(await context.newPage()),
		async restart() {
			await running.close();
			running = await launch();
			context = await room(running);
		},
		async close() {
			await running.close();
			for (const folder of Object.values(profile))
				await rm(folder as string, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

class PuppeteerTab implements Tab {
	readonly complaints: string[] = [];
	readonly #page: Page;
	#frame: Frame;

	constructor(page: Page) {
		this.#page = page;
		this.#frame = page.mainFrame();
		// Whoever leaves during a download is asked; these tests mean it.
		page.on('dialog', (dialog) => void dialog.accept());
		page.on('pageerror', (error) => {
			if (!isIconGone(error)) this.complaints.push(`exception: ${String(error)}`);
		});
		page.on('console', (message) => {
			if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
		});
	}

	async open(url: string): Promise<void> {
		await this.#page.goto(url, { waitUntil: 'domcontentloaded' });
	}

	async reload(): Promise<void> {
		await this.#page.reload({ waitUntil: 'domcontentloaded' });
	}

	async run<Args extends unknown[], Result>(
		work: (...args: Args) => Result | Promise<Result>,
		...args: Args
	): Promise<Result> {
		return JSON.parse((await this.#frame.evaluate(scriptOf(work, args))) as string) as Result;
	}

	async enterFrame(): Promise<void> {
		const frame = this.#page.frames().find((one) => one.parentFrame() !== null);
		if (!frame) throw new Error('The page has no frame.');
		this.#frame = frame;
	}

	async press(x: number, y: number): Promise<void> {
		await this.#page.bringToFront();
		await this.#page.mouse.click(x, y);
	}

	async resize(width: number, height: number): Promise<void> {
		await this.#page.setViewport({ width, height });
	}

	async picture(): Promise<Buffer> {
		return Buffer.from(await this.#page.screenshot());
	}

	async close(): Promise<void> {
		await this.#page.close();
	}
}

/** Firefox says this of a tab's icon that was replaced by the next one before it had come. */
function isIconGone(error: unknown): boolean {
	return /Failed to load .*\/favicon\/.* A ServiceWorker intercepted the request/.test(String(error));
}
