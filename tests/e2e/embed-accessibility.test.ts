import { axeFindings } from './support/axe.ts';
import { favorites } from './support/company.ts';
import { expect, test } from './support/embed.ts';

test('inside a dashboard, light and dark, the list, a menu, dialogs and the gallery are clean for axe', async ({
	openHost,
	page,
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const admin = await openHost({ members: 4 });
	const element = page.locator('headshot-admin');
	// What the host puts into the slot is the host's own.
	await page.locator('.slotted').evaluate((one) => one.remove());
	const clean = async (state: string) => {
		await element.evaluate((one) => one.setAttribute('theme', 'light'));
		expect(await axeFindings(page, { within: 'headshot-admin' }), state).toEqual([]);
		// Nothing else than the colors is another.
		await element.evaluate((one) => one.setAttribute('theme', 'dark'));
		const colors = { within: 'headshot-admin', only: ['color-contrast'] };
		expect(await axeFindings(page, colors), `${state}, dark`).toEqual([]);
	};
	await admin.expectCards(4);
	await clean('cards');
	const [shoot] = favorites(admin.standIn);
	const card = await admin.card(shoot!.email!);
	await card.getByRole('button', { name: /Actions/ }).click();
	await expect(page.getByRole('menu')).toBeVisible();
	await clean('a menu');
	await page.keyboard.press('Escape');
	await admin.search('');
	await page.getByRole('button', { name: 'List', exact: true }).click();
	await clean('a list');
	await page.getByRole('button', { name: 'Privacy' }).click();
	await expect(admin.dialog).toBeVisible();
	await clean('what is kept');
	await admin.close();
	await admin.downloadFavorites();
	await admin.expectOutcome('4 of 4 members saved');
	await clean('an outcome');
	await admin.close();
	await element.evaluate((one, id) => one.setAttribute('route', `/members/${id}`), shoot!.id);
	await expect(page.getByRole('button', { name: /^Open headshot 1 / })).toBeVisible();
	await clean('a gallery');
	await page.getByRole('button', { name: /^Open headshot 1 / }).click();
	await expect(admin.dialog).toBeVisible();
	await clean('a picture');
});
