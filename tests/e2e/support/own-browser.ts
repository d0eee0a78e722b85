import { chromium, type Page } from '@playwright/test';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asGroup, endGroup } from '../../browser/group.ts';
import { spawnChromium } from '../../browser/launch.ts';

/** A browser with a profile on disk that can be killed as a power cut would do it, and started again. */
export interface OwnBrowser {
	page: Page;
	/** SIGKILL to all of its processes; nothing is flushed, nobody says goodbye. */
	kill(): Promise<void>;
}

/** @param profile a folder, kept from one start to the next */
export async function startOwnBrowser(profile: string): Promise<OwnBrowser> {
	const portFile = join(profile, 'DevToolsActivePort');
	await rm(portFile, { force: true });
	const args = ['--remote-debugging-port=0', '--window-size=1400,2000'];
	const child = asGroup(spawnChromium(profile, args, { detached: true, stdio: 'ignore' }));
	try {
		const port = await devToolsPort(portFile);
		const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
		const [context] = browser.contexts();
		const page = context?.pages()[0] ?? (await context?.newPage());
		if (!page) throw new Error('The browser has no page.');
		return {
			page,
			async kill() {
				await endGroup(child);
				await browser.close().catch(() => {});
			},
		};
	} catch (error) {
		await endGroup(child);
		throw error;
	}
}

async function devToolsPort(file: string): Promise<number> {
	for (let tries = 0; tries < 300; tries++) {
		const text = await readFile(file, 'utf8').catch(() => '');
		const port = Number(text.split('\n')[0]);
		if (port > 0) return port;
		await sleep(50);
	}
	throw new Error('The browser did not start.');
}
