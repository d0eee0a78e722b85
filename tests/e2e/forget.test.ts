import { AdminPage } from './support/admin-page.ts';
import { remains, untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';

test.use({ serviceWorkers: 'allow' });

const nothing = { databases: [], buckets: [], caches: [], files: [], keys: [], registrations: 0 };

test('given two tabs, when one forgets this device, then nothing is left, both say so, and the page works as new', async ({
	openAdmin,
	page,
}) => {
	// Files of its own, too: a download that outgrows memory.
	const admin = await openAdmin({ members: 6, limits: { memoryBytes: 100_000 } });
	await admin.expectCards(6);
	await admin.downloadFavorites();
	await admin.expectOutcome('6 of 6 members saved');
	await admin.close();
	await admin.cards.getByRole('checkbox').nth(0).click();
	await admin.cards.getByRole('checkbox').nth(1).click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await admin.expectCards(4);
	await page.getByRole('button', { name: 'List', exact: true }).click();
	await untilKept(page);
	const other = new AdminPage(await page.context().newPage(), admin.url);
	await other.open();
	await other.expectCards(4);
	const before = await remains(page);
	expect(before.databases).toEqual(['headshot-admin']);
	expect(before.buckets).toEqual(['headshot-admin-copy']);
	expect(before.caches).toHaveLength(1);
	expect(before.files).toEqual(['headshot-admin']);
	expect(before.keys.length).toBeGreaterThan(1);
	expect(before.registrations).toBe(1);

	await page.bringToFront();
	await page.getByRole('button', { name: 'Privacy' }).click();
	await expect(admin.dialog).toBeVisible();
	await admin.dialog.getByRole('button', { name: /^Forget this device/ }).click();
	await expect(admin.dialog.getByText(/^2 actioned markers of .+ will be lost$/)).toBeVisible();
	const backup = page.waitForEvent('download');
	await admin.dialog.getByRole('button', { name: 'Download backup' }).click();
	expect((await backup).suggestedFilename()).toMatch(/\.json$/);
	await admin.dialog.getByRole('button', { name: 'Forget everything' }).click();

	await expect(page.getByRole('heading', { name: 'This device was forgotten' })).toBeVisible();
	await expect(other.page.getByRole('heading', { name: 'This device was forgotten' })).toBeVisible();
	for (const tab of [page, other.page]) expect(await remains(tab)).toEqual(nothing);

	await page.getByRole('button', { name: 'Open the page anew' }).click();
	await admin.expectCards(6);
	await expect(page.getByRole('tab', { name: /^Actioned/ })).toHaveCount(0);
	await untilKept(page);
});

test('given a download that runs in another tab, then this device is not forgotten before it has ended', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 20_000 });
	await admin.expectCards(4);
	const other = new AdminPage(await page.context().newPage(), admin.url);
	await other.open();
	await other.expectCards(4);
	await other.startDownload();
	await expect(other.progressBar).toBeVisible();

	await page.bringToFront();
	await page.getByRole('button', { name: 'Privacy' }).click();
	const forget = admin.dialog.getByRole('button', { name: /^Forget this device/ });
	await expect(forget).toHaveAttribute('aria-disabled', 'true');
	await expect(forget).toHaveAccessibleDescription(/^A download is running in another tab/);
	await admin.dialog.getByRole('button', { name: 'Close' }).click();

	await other.page.bringToFront();
	await other.cancelButton.click();
	await other.expectOutcome('Download cancelled. Nothing was saved.');
	await page.bringToFront();
	await page.getByRole('button', { name: 'Privacy' }).click();
	await expect(forget).toBeEnabled();
});
