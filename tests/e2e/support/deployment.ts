import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cp, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { listenOnLoopback, type Listening } from '../../../src/gateway/listen.ts';
import { servePage } from '../../../src/gateway/page-server.ts';
import { startStandIn, type StandIn, type StandInOptions } from '../../backend/stand-in.ts';
import { AdminPage } from './admin-page.ts';
import { projectDir } from './build.ts';
import { startOwnBrowser, type OwnBrowser } from './own-browser.ts';

/** Node tells of every request that comes to a server of this process. */
const REQUESTS = 'http.server.request.start';

const running = new Set<Deployment>();

/** Ends all that a test has started, however it has ended itself. */
export async function endDeployments(): Promise<void> {
	for (const one of running) await one.end();
}

/** The page on a web server that can go away and come back, with another company or another build, and a browser. */
export class Deployment {
	#server: Listening | null = null;
	#profile: string;
	#browser: OwnBrowser | null = null;
	#asked: string[] = [];

	private constructor(
		public standIn: StandIn,
		profile: string,
		readonly port: number,
	) {
		this.#profile = profile;
		subscribe(REQUESTS, this.#hear);
	}

	#hear = (message: unknown): void => {
		const { request } = message as { request: IncomingMessage };
		if (request.socket.localPort === this.port) this.#asked.push(request.url ?? '');
	};

	get #databases(): string {
		return join(this.#profile, 'Default', 'IndexedDB');
	}

	/** How often this file was asked for since the build is served. */
	timesAsked(name: string): number {
		return this.#asked.filter((path) => path.endsWith(`/${name}`)).length;
	}

	static async start(options: StandInOptions = {}, limits: Record<string, number> = {}): Promise<Deployment> {
		const profile = await mkdtemp(join(tmpdir(), 'headshots-profile-'));
		const free = await servePage({
			buildDir: `${projectDir}build`,
			port: 0,
			config: {},
			api: async () => false,
		});
		await free.close();
		const standIn = await startStandIn({ headshotBytes: 20_000, ...options });
		const deployment = new Deployment(standIn, profile, free.port);
		deployment.limits = { ...deployment.limits, ...limits };
		running.add(deployment);
		await deployment.serve();
		return deployment;
	}

	/** How patient the page is. */
	limits: Record<string, number> = { backoffMs: 20, backoffCapMs: 100, probeMs: 200, stallMs: 10_000 };

	get url(): string {
		return `http://localhost:${this.port}/app/admin/headshots`;
	}

	/** Serves a build, on the same address as before. */
	async serve(buildDir = `${projectDir}build`): Promise<void> {
		await this.#server?.close();
		this.#asked = [];
		this.#server = await servePage({
			buildDir,
			port: this.port,
			config: { source: { kind: 'stand-in', label: '' }, limits: this.limits },
			api: (request, response) => this.standIn.api(request, response),
			// Signed in for longer than the browser runs.
			pageHeaders: () =>
				Object.fromEntries(
					Object.entries(this.standIn.pageHeaders()).map(([name, value]) => [
						name,
						`${value}; Max-Age=86400`,
					]),
				),
		});
		if (this.#server.port !== this.port) throw new Error('The port was taken meanwhile.');
	}

	/** Serves the API alone, on the same address; whoever asks for a page or its files gets that answer, or none. */
	async serveOnlyApi(answer: (response: ServerResponse) => void): Promise<void> {
		await this.#server?.close();
		this.#server = await listenOnLoopback(
			(request, response) =>
				void this.standIn.api(request, response).then((isSent) => isSent || answer(response)),
			this.port,
			1,
		);
	}

	/** Another organization is signed in from now on. */
	async signInAs(options: StandInOptions): Promise<void> {
		await this.standIn.close();
		this.standIn = await startStandIn({ headshotBytes: 20_000, ...options });
	}

	/** Neither page nor API nor photos answer any more, and the browser says that it is offline. */
	async cut(page?: Page): Promise<void> {
		await page?.context().setOffline(true);
		await this.#server?.close();
		this.#server = null;
		await this.standIn.pause('photos');
	}

	async restore(page: Page): Promise<void> {
		await this.standIn.resume('photos');
		await this.serve();
		await page.context().setOffline(false);
	}

	/** Starts the browser, on the profile that it left behind. */
	async browse(): Promise<AdminPage> {
		this.#browser = await startOwnBrowser(this.#profile);
		const { page } = this.#browser;
		await page.setViewportSize({ width: 1_280, height: 2_400 });
		return new AdminPage(page, this.url);
	}

	/** For somebody who looks into a failure: the browser's files of all its databases, and its log of them. */
	async copyDatabase(folder: string): Promise<void> {
		await cp(this.#databases, folder, { recursive: true });
	}

	/** What a kill within a write leaves behind: the last thing that was written of the site's databases lacks its end. */
	async tearDatabase(): Promise<void> {
		const paths = await readdir(this.#databases, { recursive: true });
		const [log] = paths
			.filter((path) => path.endsWith('.log'))
			.sort()
			.slice(-1);
		if (!log) throw new Error('The browser has no database.');
		const file = join(this.#databases, log);
		await truncate(file, (await stat(file)).size - 20);
	}

	/** SIGKILL. */
	async kill(): Promise<void> {
		await this.#browser?.kill();
		this.#browser = null;
	}

	async end(): Promise<void> {
		running.delete(this);
		unsubscribe(REQUESTS, this.#hear);
		await this.kill();
		await this.#server?.close();
		await this.standIn.close();
		await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** The page, its members and a thumbnail are in the browser: this photo's, or any. */
export async function untilKept(page: Page, photoId?: string): Promise<void> {
	const state = async () => {
		const { thumbnails, ...rest } = await kept(page);
		const thumbnail = photoId === undefined ? thumbnails.length > 0 : thumbnails.includes(photoId);
		return { ...rest, thumbnail };
	};
	await expect
		.poll(state, { timeout: 30_000 })
		.toEqual({ shell: 'activated', members: true, thumbnail: true });
}

/** What of the page is kept for when there is no network; of thumbnails, their photos' ids. */
export function kept(page: Page) {
	return page.evaluate(async () => {
		const registration = await navigator.serviceWorker.getRegistration();
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open('headshot-admin');
			opening.onerror = () => reject(opening.error);
			opening.onsuccess = () => resolve(opening.result);
		});
		const keysOf = (store: string) =>
			new Promise<IDBValidKey[]>((resolve) => {
				const listing = db.transaction(store).objectStore(store).getAllKeys();
				listing.onsuccess = () => resolve(listing.result);
			});
		const found = {
			shell: registration?.active?.state ?? 'none',
			members: (await keysOf('snapshots')).length > 0,
			thumbnails: ((await keysOf('thumbnails')) as [organization: string, photoId: string][]).map(
				([, id]) => id,
			),
		};
		db.close();
		return found;
	});
}

/** What of the page is in the browser. */
export function remains(page: Page) {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const files: string[] = [];
		for await (const name of root.keys()) files.push(name);
		return {
			databases: (await indexedDB.databases()).map(({ name }) => name),
			buckets: await navigator.storageBuckets!.keys(),
			caches: await caches.keys(),
			files,
			// SvelteKit's own say how far a page was scrolled.
			keys: [localStorage, sessionStorage]
				.flatMap((storage) => Object.keys(storage))
				.filter((key) => !key.startsWith('sveltekit:')),
			registrations: (await navigator.serviceWorker.getRegistrations()).length,
		};
	});
}
