import { expect, test } from './support/fixtures.ts';

test('the main job by keyboard alone: focus goes in, is kept, and comes back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 40_000 });
	await admin.expectCards(4);
	const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
	const tabTo = async (name: RegExp) => {
		await expect(async () => {
			await page.keyboard.press('Tab');
			expect(await focused()).toMatch(name);
		}).toPass({ intervals: [0] });
	};
	await tabTo(/Download Favorites/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeVisible();
	for (let n = 0; n < 6; n++) {
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
	}
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(focused).toMatch(/Download Favorites/);

	await page.keyboard.press('Enter');
	await tabTo(/^Cancel$/);
	await page.keyboard.press('Enter');
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(focused).toMatch(/Download Favorites/);
});

test('review by keyboard alone: search, gallery and back, mark, undo, select, export', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	await admin.expectCards(6);
	const label = () =>
		page.evaluate(
			() =>
				document.activeElement?.getAttribute('aria-label') ??
				document.activeElement?.textContent?.trim() ??
				'',
		);
	const tabTo = async (name: RegExp, key = 'Tab') => {
		await expect(async () => {
			await page.keyboard.press(key);
			expect(await label()).toMatch(name);
		}).toPass({ intervals: [0] });
	};
	const chosen = admin.standIn.company.shoots[2]!;
	await page.keyboard.press('/');
	await page.keyboard.type(chosen.email!);
	await admin.expectCards(1);

	await tabTo(/^View Results of/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await tabTo(/^Open headshot 1 /);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(label).toMatch(/^Open headshot 2 /);
	await page.goBack();
	await admin.expectCards(1);

	await page.keyboard.press('/');
	await page.keyboard.press('Escape');
	await admin.expectCards(6);
	await tabTo(/^Actions for/);
	const marked = await label();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menu')).toBeVisible();
	await page.keyboard.press('m');
	await page.keyboard.press('Enter');
	await admin.expectCards(5);
	// The focus is on the next card, not lost.
	await expect.poll(label).toMatch(/^Actions for/);
	expect(await label()).not.toBe(marked);

	await tabTo(/^Actioned/);
	await page.keyboard.press('Enter');
	await tabTo(/^Undo/);
	await page.keyboard.press('Enter');
	await admin.expectCards(6);

	await page.keyboard.press('/');
	await tabTo(/^Select (?!all)/);
	await page.keyboard.press('Space');
	await expect(page.getByRole('group', { name: 'Selected members' })).toContainText('1 selected');
	await page.keyboard.press('/');
	const exported = page.waitForEvent('download');
	await tabTo(/^Export$/, 'Shift+Tab');
	await page.keyboard.press('Enter');
	await exported;
});
