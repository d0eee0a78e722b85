import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';

/** The color behind it, or behind what the style sheet draws before or after it. */
const backdrop = (of: Locator, pseudo?: '::after') =>
	of.evaluate((element, pseudo) => getComputedStyle(element, pseudo).backgroundColor, pseudo);

const ring = (of: Locator) =>
	of.evaluate((element) => {
		const { outlineStyle, outlineWidth } = getComputedStyle(element);
		return outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
	});

test('with the colors of the system alone, focus, selection, progress and ticks are still seen', async ({
	openAdmin,
	page,
}) => {
	await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
	const admin = await openAdmin({
		plain: false,
		faults: [{ kind: 'slow', bytesPerSecond: 4_000, file: 'headshot' }],
	});
	await admin.expectCards(51);

	const tab = (name: string) => page.getByRole('tab', { name });
	expect(await backdrop(tab('All'), '::after')).not.toBe(await backdrop(tab('Joined'), '::after'));
	const layout = (name: string) => page.getByRole('button', { name, exact: true });
	expect(await backdrop(layout('Grid'))).not.toBe(await backdrop(layout('List')));

	const [one, other] = [admin.cards.first(), admin.cards.nth(1)];
	const box = (card: Locator) => card.locator('label > span');
	await one.getByRole('checkbox').click();
	expect(await backdrop(box(one))).not.toBe(await backdrop(box(other)));

	// What is chosen and has the focus looks other than what is only chosen.
	await tab('All').focus();
	await page.keyboard.press('ArrowRight');
	expect(await ring(tab('Finished'))).toBeGreaterThanOrEqual(2);
	expect(await ring(layout('Grid'))).toBe(0);
	await layout('List').focus();
	await page.keyboard.press('Shift+Tab');
	await expect(layout('Grid')).toBeFocused();
	expect(await ring(layout('Grid'))).toBeGreaterThanOrEqual(2);
	await page.keyboard.press('/');
	await page.keyboard.press('Escape');
	await one.getByRole('checkbox').focus();
	expect(await ring(box(one))).toBeGreaterThanOrEqual(2);

	await tab('Attention').click();
	const filters = page.getByRole('group', { name: 'What wants attention' }).getByRole('button');
	await filters.first().click();
	expect(await backdrop(filters.first())).not.toBe(await backdrop(filters.nth(2)));

	await tab('All').click();
	await admin.startDownload();
	await expect(admin.progressBar).toBeVisible();
	expect(await backdrop(admin.progressBar)).not.toBe(await backdrop(admin.progressBar.locator('div')));
	await admin.cancelButton.click();
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
});
