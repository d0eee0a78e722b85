/** A browser that does not promise to keep who is actioned, as Chromium is here. */
import type { Page } from '@playwright/test';
import type { AdminPage } from './support/admin-page.ts';
import { test as embedded } from './support/embed.ts';
import { expect, test } from './support/fixtures.ts';

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const advice = (page: Page) => messages(page).getByText(/may clear who is actioned/);
const backup = (page: Page) => messages(page).getByRole('button', { name: 'Backup' });

async function markFirst(admin: AdminPage): Promise<void> {
	await admin.cards
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	await admin.page.getByRole('menuitem', { name: 'Mark as actioned' }).click();
	await expect(
		messages(admin.page)
			.getByText(/ marked as actioned$/)
			.last(),
	).toBeVisible();
}

test('when the first one is marked, then a message advises a backup, moves nothing, stays, and leads there', async ({
	openAdmin,
	page,
}) => {
	await page.setViewportSize({ width: 1280, height: 1600 });
	const admin = await openAdmin({ members: 12 });
	await admin.expectCards(12);
	const place = () => admin.finished.getByRole('heading', { level: 2 }).boundingBox();
	const before = await place();
	await markFirst(admin);
	await expect(advice(page)).toBeVisible();
	expect(await place()).toEqual(before);
	for (let n = 0; n < 4; n++) await markFirst(admin);
	await expect(advice(page)).toHaveCount(1);
	await backup(page).click();
	await expect(admin.dialog).toHaveAccessibleName('Back up markers');
	await expect(admin.dialog.getByText('This browser may clear it when it runs short of room.')).toBeVisible();
	await expect(advice(page)).toHaveCount(0);
	const told = await page.evaluate(() =>
		Object.keys(localStorage).filter((key) => /told-of-wiping/.test(key)),
	);
	expect(told).toHaveLength(1);
});

test('when somebody is marked in the gallery, then it is advised there', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3 });
	await admin.viewFirstResults();
	await page.getByRole('button', { name: /^Actions/ }).click();
	await page.getByRole('menuitem', { name: 'Mark as actioned' }).click();
	await expect(advice(page)).toBeVisible();
	await backup(page).click();
	await expect(admin.dialog).toHaveAccessibleName('Back up markers');
});

test('when everybody in an archive is marked, then it is advised above the dialog', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	await admin.downloadFavorites();
	await admin.dialog.getByRole('button', { name: 'Mark these 3 as actioned' }).click();
	await expect(advice(page)).toBeVisible();
	await messages(page).getByRole('button', { name: 'Dismiss' }).first().click();
	await expect(advice(page)).toHaveCount(0);
});

test('on a phone it comes after the message with Undo, and fits', async ({ openAdmin, page }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	await markFirst(admin);
	await expect(advice(page)).toBeAttached();
	await expect(messages(page).getByRole('button', { name: 'Undo' })).toBeVisible();
	await expect(advice(page)).toBeHidden();
	await messages(page).getByRole('button', { name: 'Dismiss' }).click();
	await expect(advice(page)).toBeVisible();
	const box = (await advice(page).boundingBox())!;
	expect(box.width).toBeGreaterThan(150);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

embedded(
	'when somebody is marked in the element, then it is advised in there',
	async ({ openHost, page }) => {
		const admin = await openHost({ members: 3 });
		await admin.expectCards(3);
		await markFirst(admin);
		await expect(advice(page)).toBeVisible();
		await backup(page).click();
		await expect(admin.dialog).toHaveAccessibleName('Back up markers');
	},
);
