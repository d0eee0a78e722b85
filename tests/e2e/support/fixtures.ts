import { test as base, type Page } from '@playwright/test';
import { servePage } from '../../../src/gateway/page-server.ts';
import { startStandIn, type StandIn, type StandInOptions } from '../../backend/stand-in.ts';
import { AdminPage } from './admin-page.ts';
import { projectDir } from './build.ts';
import { startPhotoHost, type PhotoAnswer, type PhotoHost } from './photo-host.ts';

/** Short enough that a test of a fault takes a second or two; the rules are the same. */
const quick = {
	backoffMs: 20,
	backoffCapMs: 100,
	pauses: 5,
	pauseCapMs: 5_000,
	// A busy machine must not look like a stall: tests of stalls set their own.
	stallMs: 10_000,
	probeMs: 200,
};

export interface Setup extends StandInOptions {
	limits?: Record<string, number>;
	/** On top of the page's own, or instead of one of them. */
	pageHeaders?: Record<string, string>;
	/** Headshots of megabytes, drawn when first asked for; else small ones, which are quicker. */
	realPictures?: true;
}

export interface Admin extends AdminPage {
	standIn: StandIn;
	/** The page's own. */
	origin: string;
}

interface Fixtures {
	/** Starts a backend of its own and opens the page on it, signed in. */
	openAdmin: (setup?: Setup) => Promise<Admin>;
	/** Starts a photo host whose answers the test makes. */
	startPhotoHost: (answer: PhotoAnswer) => Promise<PhotoHost>;
	/** What the page must never do: throw, log an error, or try what its policy forbids. */
	complaints: string[];
}

export const test = base.extend<Fixtures>({
	complaints: async ({ page }, use) => {
		const complaints: string[] = [];
		watch(page, complaints);
		page.context().on('page', (another) => watch(another, complaints));
		await use(complaints);
	},

	// Playwright wants the braces.
	// eslint-disable-next-line no-empty-pattern
	startPhotoHost: async ({}, use) => {
		const hosts: PhotoHost[] = [];
		await use(async (answer) => {
			const host = await startPhotoHost(answer);
			hosts.push(host);
			return host;
		});
		for (const host of hosts) await host.close();
	},

	openAdmin: async ({ page, complaints }, use) => {
		const ends: (() => Promise<void>)[] = [];
		await use(async ({ limits, pageHeaders, realPictures, ...backend } = {}) => {
			const standIn = await startStandIn({
				plain: true,
				...(realPictures ? {} : { headshotBytes: 60_000 }),
				...backend,
			});
			const server = await servePage({
				buildDir: `${projectDir}build`,
				port: 0,
				config: {
					source: { kind: 'stand-in', label: '' },
					limits: { ...quick, ...limits },
				},
				api: (request, response) => standIn.api(request, response),
				pageHeaders: () => ({ ...standIn.pageHeaders(), ...pageHeaders }),
			});
			ends.push(server.close, standIn.close);
			const admin = new AdminPage(page, `${server.origin}/app/admin/headshots`);
			await admin.open();
			return Object.assign(admin, { standIn, origin: server.origin });
		});
		for (const end of ends) await end();
		test.expect(complaints.filter((line) => !line.startsWith('network: '))).toEqual([]);
	},
});

export const { expect } = test;

/** Collects what the console and the page's policy complain about; failed requests are told apart. */
export function watch(page: Page, complaints: string[]): void {
	page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() !== 'error') return;
		const network = /Failed to load resource|blocked by CORS policy/.test(message.text());
		complaints.push(`${network ? 'network: ' : 'console: '}${message.text()}`);
	});
}
