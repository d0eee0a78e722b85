import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleMessage, Page } from '@playwright/test';
import { startStandIn } from '../backend/stand-in.ts';
import { hostPolicy } from '../host/policy.ts';
import { serveHost } from '../host/serve-host.ts';
import { projectDir } from './support/build.ts';
import { expect, test, told } from './support/embed.ts';
import { startOwnBrowser } from './support/own-browser.ts';

test.use({ serviceWorkers: 'allow' });

/** What the console warns of. */
function warnings(page: Page): string[] {
	const lines: string[] = [];
	page.on('console', (message: ConsoleMessage) => {
		if (message.type() === 'warning') lines.push(message.text());
	});
	return lines;
}

test('given a script from another origin than the page, then the download works, in a worker', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 4, crossOrigin: true, latencyMs: 100 });
	await admin.expectCards(4);
	expect(admin.scripts).not.toBe(admin.origin);
	const worker = page.waitForEvent('worker');
	const archive = admin.downloadFavorites();
	expect((await worker).url()).toMatch(/^blob:/);
	expect((await archive).folders).toHaveLength(4);
	const [exported] = await Promise.all([
		page.waitForEvent('download'),
		admin.close().then(() => page.getByRole('button', { name: 'Export' }).click()),
	]);
	expect(exported.suggestedFilename()).toMatch(/\.csv$/);
});

for (const crossOrigin of [false, true]) {
	test(`given a policy that refuses workers${crossOrigin ? ', and a script from another origin' : ''}, then the download works without, and the console says once what to allow`, async ({
		openHost,
		page,
		violations,
		complaints,
	}) => {
		const warned = warnings(page);
		const admin = await openHost({ members: 3, withoutWorkers: true, crossOrigin });
		await admin.expectCards(3);
		expect((await admin.downloadFavorites()).folders).toHaveLength(3);
		await admin.close();
		// Once more, and another kind of work: neither is told again.
		expect((await admin.downloadFavorites()).folders).toHaveLength(3);
		await admin.close();
		await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
		expect(page.workers()).toEqual([]);
		const allow = crossOrigin ? `worker-src blob: ${admin.scripts!}` : "worker-src 'self'";
		expect(warned.filter((line) => line.includes('working on the main thread'))).toEqual([
			expect.stringContaining(allow),
		]);
		expect(violations.splice(0)).toEqual([expect.stringMatching(/^worker-src: /)]);
		expect(complaints.splice(0)).toEqual([expect.stringContaining("worker-src 'none'")]);
	});
}

test('given the script twice, in two versions, then the first one works and the console says so', async ({
	openHost,
	page,
}) => {
	const { version } = JSON.parse(await readFile(`${projectDir}package.json`, 'utf8')) as { version: string };
	const script = await readFile(`${projectDir}build/embed/headshot-admin.js`, 'utf8');
	const older = script.replaceAll(version, '0.0.7').replaceAll('./chunks/', '/embed/chunks/');
	const warned = warnings(page);
	const admin = await openHost({
		members: 3,
		scriptAgain: '/older.js',
		extra(request, response) {
			if (request.url !== '/older.js') return false;
			response.writeHead(200, { 'content-type': 'text/javascript' }).end(older);
			return true;
		},
	});
	await admin.expectCards(3);
	await expect
		.poll(() => warned.join())
		.toContain(
			`the script was loaded twice; version ${version} is in use, and 0.0.7 is not. Remove one of them.`,
		);
	await page.evaluate(() =>
		document.querySelector('.foot')!.append(document.createElement('headshot-admin')),
	);
	await expect(page.getByRole('button', { name: 'Download Favorites' })).toHaveCount(2);
	await page.locator('.foot headshot-admin').evaluate((one) => one.remove());
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
});

test('given a service worker of the host’s on the same scope, then everything goes through it and works', async ({
	openHost,
	page,
}) => {
	const script = `
		self.addEventListener('install', () => self.skipWaiting());
		self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
		self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`;
	const files: Record<string, [type: string, body: string]> = {
		'/sw.js': ['text/javascript', script],
		'/plain': ['text/html', '<title>Without a policy</title>'],
	};
	const admin = await openHost({
		members: 3,
		extra(request, response: ServerResponse) {
			const file = files[request.url ?? ''];
			if (!file) return false;
			response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
			return true;
		},
	});
	await page.goto(`${admin.origin}/plain`);
	await page.evaluate(async () => {
		await navigator.serviceWorker.register('/sw.js');
		await navigator.serviceWorker.ready;
	});
	await admin.open();
	await admin.expectCards(3);
	expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
	expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(1);
});

test('given a part of the script that can’t be loaded, then the element says so, and the host is told', async ({
	openHost,
	page,
	complaints,
}) => {
	await page.route(/\/embed\/chunks\/stage/, (route) => route.abort());
	await openHost({ members: 3 });
	await expect(page.getByRole('alert')).toHaveText(
		'The headshots could not be shown: a part of the page could not be loaded. Reload the page to try again.',
	);
	expect((await told(page)).map(({ detail }) => (detail as { code?: string }).code)).toEqual(['not-loaded']);
	expect(complaints.splice(0).join()).toContain('headshot-admin:');
});

test('given a browser that refuses storage, then the element is read-only and says why, and the rest works', async ({
	openHost,
	page,
}) => {
	await page.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('refused', 'SecurityError');
		};
		Object.defineProperty(window, 'localStorage', {
			get() {
				throw new DOMException('refused', 'SecurityError');
			},
		});
	});
	const admin = await openHost({ members: 3 });
	await expect(page.getByText(/does not let the page keep anything/).first()).toBeVisible();
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
});

test('given a frame in another site’s page, then markers are read-only and the page says why; downloads work', async () => {
	const profile = await mkdtemp(join(tmpdir(), 'headshots-profile-'));
	const standIn = await startStandIn({
		plain: true,
		members: 3,
		headshotBytes: 60_000,
		auth: { kind: 'bearer', tokens: ['good'] },
	});
	const around = createServer((_, response) => {
		response
			.setHeader('content-type', 'text/html')
			.end(
				`<title>Another site</title><iframe width="1300" height="1200" src="${host.origin}/headshots"></iframe>`,
			);
	});
	await new Promise<void>((resolve) => around.listen(0, '127.0.0.1', resolve));
	const outer = `http://127.0.0.1:${(around.address() as AddressInfo).port}`;
	const host = await serveHost({
		standIn,
		config: { tokenUrl: '/token' },
		policy: hostPolicy({ script: null, api: null, photos: standIn.photoOrigin, framedBy: outer }),
		extra(request, response) {
			if (request.url !== '/token') return false;
			response.end('good');
			return true;
		},
	});
	// Playwright's own flags would switch the browser's partitions off.
	const browser = await startOwnBrowser(profile);
	try {
		const { page } = browser;
		await page.goto(outer);
		const frame = page.frameLocator('iframe');
		await expect(frame.getByText('Markers can’t be changed right now')).toBeVisible();
		await expect(frame.getByText(/shown inside of another site/).first()).toBeVisible();
		if (process.env.PICTURES)
			await page.screenshot({ path: join(process.env.PICTURES, 'foreign-frame.png') });
		await frame
			.getByRole('listitem')
			.getByRole('button', { name: /Actions/ })
			.first()
			.click();
		await expect(frame.getByRole('menuitem', { name: /Mark as actioned/ })).toHaveAttribute(
			'aria-disabled',
			'true',
		);
		await page.keyboard.press('Escape');
		await frame.getByRole('button', { name: 'Download Favorites' }).click();
		await expect(frame.getByText('3 of 3 members saved', { exact: true }).first()).toBeVisible({
			timeout: 30_000,
		});
	} finally {
		await browser.kill();
		await host.close();
		around.closeAllConnections();
		around.close();
		await standIn.close();
		await rm(profile, { recursive: true, force: true });
	}
});
