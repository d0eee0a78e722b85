import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir } from './support/build.ts';
import { expect, test } from './support/fixtures.ts';

// A service worker has all of the page: here it comes from the network.
test.use({ serviceWorkers: 'block' });

/** The names of the page's scripts that have this text in them. */
async function scriptsWith(text: string): Promise<string[]> {
	const folder = join(projectDir, 'build/_app/immutable/chunks');
	const names = await readdir(folder);
	const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
	return names.filter((_, n) => texts[n]!.includes(text));
}

test('what is asked for before its code is there comes as soon as it can', async ({ openAdmin, page }) => {
	await page.addInitScript(() => {
		// Nothing is loaded ahead.
		window.requestIdleCallback = () => 0;
	});
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	const button = admin.cards.first().getByRole('button', { name: /Actions/ });
	const menu = page.getByRole('menu');
	await button.press('ArrowDown');
	await expect(menu.getByRole('menuitem').first()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(menu).toBeHidden();
	for (let n = 0; n < 2; n++) {
		await button.click();
		await expect(menu).toBeVisible();
		await expect(menu).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(menu).toBeHidden();
	}
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
	await admin.close();
});

test('what can’t be loaded is said, and comes when it is asked for again', async ({ openAdmin, page }) => {
	await page.addInitScript(() => {
		window.requestIdleCallback = () => 0;
	});
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	let refused = 0;
	await page.route('**/*.js', (route) => (refused++, route.abort()));
	await admin.cards
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	await expect(page.getByText(/^A part of the page could not be loaded/)).toBeVisible();
	expect(refused).toBeGreaterThan(0);
	await page.unroute('**/*.js');
	await admin.cards
		.nth(1)
		.getByRole('button', { name: /Actions/ })
		.click();
	await expect(page.getByRole('menu')).toBeVisible();
});

test('a long list without what makes it quick is drawn all the same', async ({ openAdmin, page }) => {
	let refused = 0;
	for (const name of await scriptsWith('keepMounted')) {
		await page.route(`**/${name}`, (route) => (refused++, route.abort()));
	}
	const admin = await openAdmin({ members: 200 });
	await expect(admin.cards.first()).toBeVisible();
	const size = Number(await admin.cards.first().getAttribute('aria-setsize'));
	expect(size).toBeGreaterThan(100);
	await expect(admin.cards).toHaveCount(size);
	expect(refused).toBeGreaterThan(0);
});
