import { favorites } from '../support/company.ts';
import { expect, test } from '../support/fixtures.ts';
import { Keyboard } from '../support/keyboard.ts';

test('by keyboard alone: a download with options, and its end; the focus goes in, is kept, and comes back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 20_000 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(4);
	await keyboard.press(/^Download Favorites$/);
	await expect(admin.dialog).toBeVisible();
	for (let n = 0; n < 6; n++) {
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
	}
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Download Favorites$/);

	// In the tray, Cancel goes with the download.
	await keyboard.press(/^Cancel$/);
	await expect(page.getByText('Download cancelled. Nothing was saved.').first()).toBeVisible();
	await keyboard.expectFocus(/^Details$/);
	await keyboard.press(/^Dismiss$/);
	await keyboard.expectFocus(/^Download Favorites$/);

	await keyboard.goTo(/^More ways to download$/);
	await keyboard.openMenu();
	await page.keyboard.press('End');
	await keyboard.expectFocus(/^Options…$/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeVisible();
	await keyboard.goTo(/^Layout$/);
	await page.keyboard.press('ArrowDown');
	await keyboard.goTo(/^Add index\.csv$/);
	await page.keyboard.press('Space');
	await expect(admin.dialog.getByRole('checkbox', { name: 'Add index.csv' })).toBeChecked();
	await expect(admin.dialog.getByLabel('Layout')).not.toHaveValue('folders');
	await keyboard.press(/^Download with these options$/);
	await expect(admin.progressBar).toBeVisible();
	await keyboard.press(/^Cancel$/);
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	await keyboard.expectFocus(/^Close$/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Download Favorites$|^More ways/);
});

test('by keyboard alone: search, gallery, lightbox, next member and back, and the card that one came from', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(6);
	const [chosen] = favorites(admin.standIn);
	await page.keyboard.press('/');
	await page.keyboard.type(chosen!.email!);
	await admin.expectCards(1);
	await page.keyboard.press('Escape');
	await admin.expectCards(6);
	await keyboard.goTo(/^View Results of/);
	const link = await keyboard.focused();
	await page.keyboard.press('Enter');
	await keyboard.press(/^Open headshot 1 /);
	await expect(admin.dialog).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Open headshot 2 /);

	const first = await page.getByRole('heading', { level: 1 }).textContent();
	await keyboard.press(/^Next member/, 'Shift+Tab');
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(first!);
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
	await keyboard.press(/^Previous member/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(first!);
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
	await keyboard.press(/^All headshots$/, 'Shift+Tab');
	await admin.expectCards(6);
	await expect.poll(() => keyboard.focused()).toBe(link);
});

test('by keyboard alone: arrows open a menu, and Tab leads on from its button', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(3);
	const menu = page.getByRole('menu');
	for (const [name, before, after] of [
		[/^More ways to download$/, /^Download Favorites$/, /^Select /],
		[/^Actions for/, /^View Results of/, /^Select /],
	] as const) {
		for (const [open, leave, next] of [
			['ArrowDown', 'Tab', after],
			['ArrowUp', 'Shift+Tab', before],
			['Enter', 'Tab', after],
		] as const) {
			await page.keyboard.press('/');
			await keyboard.goTo(name);
			await page.keyboard.press(open);
			await expect(menu).toBeVisible();
			await expect(menu.getByRole('menuitem').first()).toBeFocused();
			await page.keyboard.press(leave);
			await expect(menu).toBeHidden();
			await keyboard.expectFocus(next);
		}
	}
});

test('Back closes a picture, Forward opens it again, and Close leaves no step behind', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 2 });
	await admin.expectCards(2);
	await admin.viewFirstResults();
	const photo = (place: number) => page.getByRole('button', { name: new RegExp(`^Open headshot ${place} `) });
	await photo(1).click();
	await expect(admin.dialog).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await page.goBack();
	await expect(admin.dialog).toBeHidden();
	await expect(photo(2)).toBeFocused();
	await page.goForward();
	await expect(admin.dialog.getByRole('status')).toContainText('Headshot 2 of');
	for (const close of ['Escape', 'Enter']) {
		if (close === 'Enter') {
			await photo(2).click();
			await admin.dialog.getByRole('button', { name: 'Close' }).focus();
		}
		await page.keyboard.press(close);
		await expect(admin.dialog).toBeHidden();
		await expect(photo(2)).toBeFocused();
	}
	await page.goBack();
	await admin.expectCards(2);
});

test('by keyboard alone: the tabs of a gallery keep the focus', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 2 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(2);
	await keyboard.press(/^View Results of/);
	await keyboard.goTo(/^Headshots/);
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/tab=profile-picture/);
	await expect(page.getByRole('tab', { name: 'Profile picture' })).toBeFocused();
	await page.keyboard.press('ArrowLeft');
	await expect(page).toHaveURL(/tab=headshots/);
	await expect(page.getByRole('tab', { name: /^Headshots/ })).toBeFocused();
});

test('by keyboard alone: F8 leads to a message out of a dialog, and Escape or Tab back into it', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(3);
	await keyboard.press(/^Download Favorites$/);
	await keyboard.press(/^Mark these/);
	const message = page.getByText(/marked as actioned$/).last();
	await expect(message).toBeVisible();
	const isInside = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
	await expect(page.getByText(/^This browser may clear who is actioned/)).toBeVisible();
	// Back from Undo there is first the message before it, with two buttons.
	for (const back of [['Escape'], ['Shift+Tab', 'Shift+Tab', 'Shift+Tab']]) {
		await page.keyboard.press('F8');
		await keyboard.expectFocus(/^Undo$/);
		for (const key of back) await page.keyboard.press(key);
		await expect.poll(isInside).toBe(true);
		await expect(admin.dialog).toBeVisible();
	}
	await page.keyboard.press('F8');
	await keyboard.expectFocus(/^Undo$/);
	await page.keyboard.press('Enter');
	await expect(message).toBeHidden();
	await expect.poll(isInside).toBe(true);
	await admin.expectCards(3);
});

test('by keyboard alone: this device is forgotten, and the page opened anew', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 2 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(2);
	await keyboard.press(/^Privacy$/);
	await expect(admin.dialog).toBeVisible();
	await keyboard.press(/^Forget this device…$/);
	await expect(admin.dialog.getByRole('heading', { name: 'Forget this device?' })).toBeVisible();
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
	await keyboard.press(/^Forget everything$/);
	await expect(page.getByRole('heading', { name: 'This device was forgotten' })).toBeVisible();
	await keyboard.expectFocus(/^This device was forgotten/);
	await keyboard.press(/^Open the page anew$/);
	await admin.expectCards(2);
});

test('the ring around a photo of the gallery is seen on every side', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 1 });
	await admin.expectCards(1);
	await page.getByRole('link', { name: /^View Results/ }).press('Enter');
	const photo = page.getByRole('button', { name: /^Open headshot 2 / });
	await expect(photo.locator('img.loaded')).toBeVisible();
	const { x, y, width, height } = (await photo.boundingBox())!;
	const [middle, center] = [x + width / 2, y + height / 2];
	// A few pixels beside the middle of each edge.
	const strips = [
		{ x: middle, y: y - 4, width: 8, height: 4 },
		{ x: middle, y: y + height, width: 8, height: 4 },
		{ x: x - 4, y: center, width: 4, height: 8 },
		{ x: x + width, y: center, width: 4, height: 8 },
	];
	const drawn = async () =>
		Promise.all(strips.map(async (clip) => (await page.screenshot({ clip })).toString('base64')));
	const before = await drawn();
	await photo.press('Shift');
	await expect(photo).toBeFocused();
	for (const [side, strip] of (await drawn()).entries()) expect(strip, `side ${side}`).not.toBe(before[side]);
});
