import type { Page } from '@playwright/test';
import { AdminPage } from './support/admin-page.ts';
import { remains } from './support/deployment.ts';
import { expect, test } from './support/embed.ts';

/** In the page: what the dashboard itself keeps. */
function keepAsHost(page: Page): Promise<void> {
	return page.evaluate(async () => {
		localStorage.setItem('dashboard', 'dark');
		await (await caches.open('dashboard')).put('/kept', new Response('kept'));
		const root = await navigator.storage.getDirectory();
		await root.getFileHandle('dashboard', { create: true });
		await navigator.storageBuckets!.open('dashboard');
		await new Promise<void>((resolve, reject) => {
			const opening = indexedDB.open('dashboard');
			opening.onerror = () => reject(opening.error);
			opening.onsuccess = () => {
				opening.result.close();
				resolve();
			};
		});
	});
}

const ofHost = {
	databases: ['dashboard'],
	buckets: ['dashboard'],
	caches: ['dashboard'],
	files: ['dashboard'],
	keys: ['dashboard'],
	registrations: 0,
};

test('given an element in two tabs, when one forgets this device, then all of ours is gone, all of the host’s is there, and it works as new', async ({
	openHost,
	page,
}) => {
	// More than fits in memory: the archive is in a private file.
	const admin = await openHost({ members: 4, headshotBytes: 9_000_000 });
	await admin.expectCards(4);
	await keepAsHost(page);
	expect((await admin.downloadFavorites()).folders).toHaveLength(4);
	await admin.close();
	await admin.cards.getByRole('checkbox').first().click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await admin.expectCards(3);
	const other = new AdminPage(await page.context().newPage(), admin.url);
	await other.open();
	await other.expectCards(3);
	const before = await remains(page);
	expect(before.databases.sort()).toEqual(['dashboard', 'headshot-admin']);
	expect(before.buckets.sort()).toEqual(['dashboard', 'headshot-admin-copy']);
	expect(before.files.sort()).toEqual(['dashboard', 'headshot-admin']);
	expect(before.keys.length).toBeGreaterThan(1);

	await page.bringToFront();
	await page.getByRole('button', { name: 'Privacy' }).click();
	await admin.dialog.getByRole('button', { name: /^Forget this device/ }).click();
	await expect(admin.dialog.getByText(/^1 actioned marker of .+ will be lost$/)).toBeVisible();
	await admin.dialog.getByRole('button', { name: 'Forget everything' }).click();
	for (const tab of [page, other.page]) {
		await expect(tab.getByRole('heading', { name: 'This device was forgotten' })).toBeVisible();
		expect(await remains(tab)).toEqual(ofHost);
	}

	for (const tab of [admin, other]) {
		await tab.page.bringToFront();
		await tab.page.getByRole('button', { name: 'Open the page anew' }).click();
		await tab.expectCards(4);
		await expect(tab.page.getByRole('tab', { name: /^Actioned/ })).toHaveCount(0);
	}
});
