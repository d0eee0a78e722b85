import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { spawnChromium } from '../../browser/launch.ts';
import { Cdp } from './cdp.ts';

export interface Tab {
	cdp: Cdp;
	sessionId: string;
	/** The value of an expression, awaited. @throws Error with what it threw, or when the tab crashes */
	evaluate<T>(expression: string): Promise<T>;
	close(): Promise<void>;
}

export interface Chromium {
	/** "Chromium 156.0.…" */
	version: string;
	/** Of its first process. */
	pid: number;
	/** Where it saves files; each is named by a number. */
	downloads: string;
	cdp: Cdp;
	openTab(url: string): Promise<Tab>;
	close(): Promise<void>;
}

/** A browser with a fresh profile, which nothing watches but the bench. */
export async function startChromium(): Promise<Chromium> {
	const folder = await mkdtemp(join(tmpdir(), 'headshots-bench-'));
	const downloads = join(folder, 'downloads');
	await mkdir(downloads);
	const args = ['--remote-debugging-pipe', '--window-size=1400,1000'];
	const child = spawnChromium(join(folder, 'profile'), args, {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
	});
	const gone = once(child, 'exit');
	const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
	const { product } = await cdp.send<{ product: string }>('Browser.getVersion');
	await cdp.send('Browser.setDownloadBehavior', {
		behavior: 'allowAndName',
		downloadPath: downloads,
		eventsEnabled: true,
	});
	return {
		version: product.replace('/', ' '),
		pid: child.pid!,
		downloads,
		cdp,
		openTab: (url) => openTab(cdp, url),
		async close() {
			await cdp.send('Browser.close').catch(() => {});
			await gone;
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

async function openTab(cdp: Cdp, url: string): Promise<Tab> {
	const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', { url });
	const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
		targetId,
		flatten: true,
	});
	// Tells of a crash.
	await cdp.send('Inspector.enable', {}, sessionId);
	return {
		cdp,
		sessionId,
		async evaluate<T>(expression: string): Promise<T> {
			const { result, exceptionDetails } = await cdp.send<Evaluated<T>>(
				'Runtime.evaluate',
				{ expression, awaitPromise: true, returnByValue: true, userGesture: true },
				sessionId,
			);
			if (exceptionDetails) {
				throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
			}
			return result.value;
		},
		async close() {
			const closed = new Promise<void>((resolve) => {
				const stop = cdp.on('Target.detachedFromTarget', (params) => {
					if (params.sessionId !== sessionId) return;
					stop();
					resolve();
				});
			});
			await cdp.send('Target.closeTarget', { targetId });
			await closed;
		},
	};
}

interface Evaluated<T> {
	result: { value: T };
	exceptionDetails?: { text: string; exception?: { description?: string } };
}
