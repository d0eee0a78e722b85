import { copyFile, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectDir } from './support/build.ts';
import { Deployment, endDeployments, untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { expectVersion, nextBuild } from './support/next-build.ts';

const SCRIPT = 'service-worker.js';

test.afterEach(endDeployments);
test.beforeEach(() => test.setTimeout(120_000));

/** Opens the page and waits until it could do without the network. @param buildDir another build than the page's own */
async function visit(buildDir?: string) {
	const place = await Deployment.start({ members: 4, plain: true });
	await place.serve(buildDir);
	const admin = await place.browse();
	await admin.open();
	await admin.expectCards(4);
	await untilKept(admin.page);
	return { place, admin, page: admin.page };
}

/** The HTML that opens without a network. */
function keptHtml(page: Page): Promise<string> {
	return page.evaluate(async () => (await caches.match('/app/admin/headshots'))?.text() ?? '');
}

test('given a host whose page hangs, or whose gateway reaches nobody, then the page opens from what is kept', async () => {
	const { place, admin, page } = await visit();
	await place.serveOnlyApi(() => {});
	await page.reload({ timeout: 15_000 });
	await admin.expectCards(4);
	await place.serveOnlyApi((response) => response.writeHead(502).end('Bad gateway'));
	await page.reload();
	await admin.expectCards(4);
});

test('given other settings in the page of the same build, then they hold from the next visit on, without a network too', async () => {
	const { place, admin, page } = await visit();
	place.limits = { ...place.limits, backoffMs: 21 };
	await place.serve();
	await page.reload();
	await expect.poll(() => keptHtml(page)).toContain('&quot;backoffMs&quot;:21');
	await place.cut(page);
	await page.reload();
	await admin.expectCards(4);
	expect(await page.locator('meta[name=headshot-admin-config]').getAttribute('content')).toContain(
		'"backoffMs":21',
	);
});

test('given a host whose page comes late, then what is kept opens meanwhile, and the late one is kept for the next visit', async () => {
	const { place, admin, page } = await visit();
	const html = await keptHtml(page);
	const late: ServerResponse[] = [];
	await place.serveOnlyApi((response) => late.push(response));
	await page.reload({ timeout: 15_000 });
	await admin.expectCards(4);
	expect(await keptHtml(page)).toBe(html);
	const changed = html.replace('&quot;backoffMs&quot;:20,', '&quot;backoffMs&quot;:21,');
	const asked = late.find(({ req }) => req.url === '/app/admin/headshots')!;
	asked.writeHead(200, { 'Content-Type': 'text/html' }).end(changed);
	await expect.poll(() => keptHtml(page)).toContain('&quot;backoffMs&quot;:21');
});

test('given a page of another version before its service worker, then what is kept stays of one piece', async () => {
	const { place, admin, page } = await visit();
	const html = await keptHtml(page);
	const next = await nextBuild('next');
	await copyFile(join(projectDir, 'build', SCRIPT), join(next, SCRIPT));
	await place.serve(next);
	await page.reload();
	await expectVersion(page, 'next');
	await admin.expectCards(4);
	expect(await keptHtml(page)).toBe(html);
	await place.cut(page);
	await page.reload();
	await admin.expectCards(4);
});

test('given a browser that can not read what it keeps, then the page comes from the network', async () => {
	const build = await nextBuild('unreadable');
	const script = join(build, SCRIPT);
	const broken = `CacheStorage.prototype.match = CacheStorage.prototype.keys = async () => {
		throw new DOMException('Unexpected internal error.', 'UnknownError');
	};`;
	await writeFile(script, `${broken}\n${await readFile(script, 'utf8')}`);
	const { admin, page } = await visit(build);
	await page.reload();
	await admin.expectCards(4);
});
