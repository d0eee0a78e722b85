import { AdminPage } from './support/admin-page.ts';
import { Deployment, endDeployments, untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { findingsInEveryLook } from './support/looks.ts';
import { expectVersion, nextBuild } from './support/next-build.ts';

test.afterEach(endDeployments);

/**
 * A page with one marked shoot and another tab, and a new version on the server, which the browser has asked for. A debugger
 * that is attached to two tabs may hold the new worker back before anything is asked of the server, for ever: in that case
 * alone, all begins anew in another browser.
 */
async function deploy(next: string, tries = 6) {
	const place = await Deployment.start({ members: 6, plain: true });
	const admin = await place.browse();
	const { page } = admin;
	await admin.open();
	await expect(admin.downloadButton).toBeEnabled();
	await untilKept(page);
	await admin.cards.getByRole('checkbox').first().click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await admin.expectCards(5);
	const other = new AdminPage(await page.context().newPage(), place.url);
	await other.open();
	await other.expectCards(5);

	await place.serve(next);
	await page.bringToFront();
	// Its end isn't awaited, since it may have none: what comes of it is on the page.
	await page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())!.update());
	const isAsked = await expect
		.poll(() => place.timesAsked('service-worker.js'), { timeout: 10_000 })
		.toBeGreaterThan(0)
		.then(
			() => true,
			() => false,
		);
	if (isAsked || tries === 1) return { place, admin, page, other };
	await place.end();
	return deploy(next, tries - 1);
}

test('given an open page, when a new version is deployed, then it waits for a press, the old page goes on, and nothing is lost', async () => {
	test.setTimeout(240_000);
	const { place, admin, page, other } = await deploy(await nextBuild('next'));
	const notice = page.getByText('A new version is ready.');
	await expect(notice).toBeVisible({ timeout: 30_000 });
	expect(await findingsInEveryLook(page, 'a new version waits')).toEqual([]);
	expect(await page.evaluate(() => caches.keys())).toHaveLength(2);

	// The tab that runs the old version starts what it never needed before: the server has it no more.
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await exported;

	await page.getByRole('button', { name: 'Load it now' }).click();
	await expect(notice).toBeHidden();
	await admin.expectCards(5);
	await expectVersion(page, 'next');

	// The other tab was not touched, and can still start its workers.
	await other.page.bringToFront();
	expect(await other.page.evaluate(() => caches.keys())).toHaveLength(2);
	const [download] = await Promise.all([other.page.waitForEvent('download'), other.startDownload()]);
	expect(download.suggestedFilename()).toMatch(/\.zip$/);
	await other.expectOutcome('6 of 6 members saved');
	await other.close();

	// There, too, one press is enough: the new version has taken over already.
	await other.page.getByRole('button', { name: 'Load it now' }).click();
	await expect(other.page.getByText('A new version is ready.')).toBeHidden();
	await other.expectCards(5);
	await expectVersion(other.page, 'next');

	// The next visit has the new version alone, without a network too, and every mark.
	await other.page.close();
	await place.cut(page);
	await page.reload();
	await expect(page.getByText(/^Offline, as of/)).toBeVisible();
	await admin.expectCards(5);
	await expectVersion(page, 'next');
});
