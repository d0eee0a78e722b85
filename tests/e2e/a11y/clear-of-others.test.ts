import { expect, test } from '../support/fixtures.ts';

test('a message stands clear of the dialog at the bottom, which stays there, also while a download runs', async ({
	openAdmin,
	page,
}) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const admin = await openAdmin({
		members: 4,
		faults: [{ kind: 'slow', bytesPerSecond: 4_000, file: 'headshot' }],
	});
	await admin.expectCards(4);
	await admin.startDownload();
	await admin.dialog.getByRole('button', { name: 'Hide' }).click();
	await expect(admin.dialog).toBeHidden();
	await admin.cards.first().getByRole('checkbox').click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	const message = page.getByText('marked as actioned');
	await expect(message).toBeVisible();
	// While it has the focus, it stays.
	await page.keyboard.press('F8');
	await page.getByRole('button', { name: 'Privacy' }).evaluate((button) => (button as HTMLElement).click());
	await expect(admin.dialog).toBeVisible();
	await expect(async () => {
		const [panel, words] = [await admin.dialog.boundingBox(), await message.boundingBox()];
		expect(words!.y).toBeGreaterThanOrEqual(0);
		expect(words!.y + words!.height).toBeLessThanOrEqual(panel!.y);
		expect(panel!.y + panel!.height).toBe(640);
	}).toPass();
	await admin.dialog.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('region', { name: 'Download' }).getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText('Download cancelled. Nothing was saved.').first()).toBeVisible();
});

for (const width of [1280, 320]) {
	test(`at ${width} px a message stands clear of the bar of what is selected`, async ({
		openAdmin,
		page,
	}) => {
		await page.setViewportSize({ width, height: 640 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		const admin = await openAdmin({ members: 4 });
		await admin.expectCards(4);
		await admin.cards
			.first()
			.getByRole('button', { name: /^Actions/ })
			.click();
		await page.getByRole('menuitem', { name: 'Mark as actioned' }).click();
		const message = page.getByText('marked as actioned');
		await expect(message).toBeVisible();
		await page.keyboard.press('F8');
		await admin.cards
			.first()
			.getByRole('checkbox')
			.evaluate((box) => (box as HTMLElement).click());
		await expect(async () => {
			const bar = await page.getByRole('group', { name: 'Selected members' }).boundingBox();
			const words = await message.boundingBox();
			expect(words!.y + words!.height).toBeLessThanOrEqual(bar!.y);
		}).toPass();
	});
}

test('while a picture is loading, a ring turns', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 1 });
	await admin.expectCards(1);
	await page.getByRole('link', { name: /^View Results/ }).press('Enter');
	await page.getByRole('button', { name: /^Open headshot 1 / }).waitFor();
	admin.standIn.faults.add({ kind: 'slow', bytesPerSecond: 1_000 });
	await page.getByRole('button', { name: /^Open headshot 1 / }).click();
	const ring = admin.dialog.locator('.spinner').first();
	await expect(ring).toBeVisible();
	const { width, height } = await ring.evaluate((element) => {
		const { offsetWidth: width, offsetHeight: height } = element as HTMLElement;
		return { width, height };
	});
	expect(width).toBe(height);
	expect(width).toBeGreaterThan(10);
});
