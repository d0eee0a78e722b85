import type { Page } from '@playwright/test';
import { favorites, nameOf } from './support/company.ts';
import { expect, test, told } from './support/embed.ts';

/** What the element has told its host, by name. */
async function names(page: Page): Promise<string[]> {
	return (await told(page)).map(({ type }) => type);
}

test('given a dashboard with hostile styles and a strict policy, when Download Favorites is pressed in the element, then the archive has everybody', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 5 });
	await admin.expectCards(5);
	const before = await page.evaluate(() => [document.title, document.head.innerHTML]);
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 5 members saved');
	const folders = favorites(admin.standIn).map(({ email, title }) => `${email} - ${title}`);
	expect(archive.folders).toEqual(folders.sort());
	await expect.poll(() => page.workers()).toHaveLength(0);
	expect(await names(page)).toEqual(['ready', 'downloadstart', 'downloadend']);
	expect((await told(page)).at(-1)!.detail).toEqual({
		filename: archive.filename,
		outcome: 'saved',
		message: '5 of 5 members saved',
	});
	expect(await page.evaluate(() => [document.title, document.head.innerHTML])).toEqual(before);
});

test('in a dashboard, Mark as actioned and Undo work, are kept, and are told', async ({ openHost, page }) => {
	const admin = await openHost({ members: 5 });
	const [shoot] = favorites(admin.standIn);
	await admin.act(shoot!.email!, 'Mark as actioned');
	await admin.search('');
	await admin.expectCards(4);
	const marked = (await told(page)).find(({ type }) => type === 'actioned');
	expect(marked).toMatchObject({
		detail: { shoots: [{ shootId: shoot!.id, email: shoot!.email }] },
	});
	await page.reload();
	await admin.expectCards(4);
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
	await admin.actioned.getByRole('button', { name: /^Undo/ }).click();
	await admin.expectCards(5);
	// After the reload, what was seen last can be worked on before the element is ready.
	await expect
		.poll(() => told(page))
		.toContainEqual({ type: 'unactioned', detail: { shootIds: [shoot!.id] } });
});

test('in a dashboard, a member’s gallery opens inside the element, its pictures above all of the host, and the address stays the host’s', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 5 });
	const [shoot] = favorites(admin.standIn);
	const name = nameOf(admin.standIn, shoot!);
	const card = await admin.card(shoot!.email!);
	await card.hover();
	await card.getByRole('link', { name: /View Results/ }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	await expect(page).toHaveURL(admin.url);
	const open = page.getByRole('button', { name: /^Open headshot/ });
	await expect(open).toHaveCount(shoot!.photoCount);
	await open.first().click();
	const box = (await admin.dialog.boundingBox())!;
	expect(box).toMatchObject({ x: 0, y: 0, ...page.viewportSize()! });
	const hit = await page.evaluate(() => document.elementFromPoint(20, 20)?.localName);
	expect(hit).toBe('headshot-admin');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await page.getByRole('link', { name: 'All headshots' }).click();
	await admin.expectCards(1);
	await expect(page).toHaveURL(admin.url);
	expect(
		(await told(page)).filter(({ type }) => type === 'routechange').map(({ detail }) => detail),
	).toContainEqual({
		route: `/members/${admin.standIn.company.members.find((one) => one.modelId === shoot!.id)!.id}?tab=headshots`,
	});
});

test('in a dashboard, Export saves everybody, and an access link is sent once', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 5 });
	await admin.expectCards(5);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export' }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^members-.*\.csv$/);
	const [shoot] = favorites(admin.standIn);
	await admin.act(shoot!.email!, 'Send access link');
	await admin.dialog.getByRole('button', { name: 'Send access link' }).click();
	await expect(admin.dialog.getByText(`Sent to ${shoot!.email!}`)).toBeVisible();
	expect(admin.standIn.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('asked for history="hash", the address follows, Back works, and the dashboard’s own router goes on', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 5, attributes: { history: 'hash' } });
	await admin.expectCards(5);
	await page.getByRole('tab', { name: /Finished/ }).click();
	await expect(page).toHaveURL(`${admin.url}#/headshots?tab=finished`);
	await admin.viewFirstResults();
	await expect(page).toHaveURL(/#\/members\/\w+\?tab=headshots$/);
	await page.reload();
	await expect(page.getByRole('tab', { name: /Profile picture/ })).toBeVisible();
	const there = page.url();
	await page.getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByText('Nothing to set.')).toBeVisible();
	await page.goBack();
	await expect(page).toHaveURL(there);
	await expect(page.getByRole('tab', { name: /Profile picture/ })).toBeVisible();
	await page.goBack();
	await expect(page).toHaveURL(`${admin.url}#/headshots?tab=finished`);
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
});

test('asked for history="path", the element’s route is in the path, and survives a reload', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 5, attributes: { history: 'path' } });
	await admin.expectCards(5);
	await page.getByRole('tab', { name: /Finished/ }).click();
	await expect(page).toHaveURL(`${admin.url}?tab=finished`);
	const card = admin.cards.first();
	await card.hover();
	await card.getByRole('link', { name: /View Results/ }).click();
	await expect(page).toHaveURL(/\/members\/\w+\?tab=headshots$/);
	await page.reload();
	await expect(page.getByRole('tab', { name: /Profile picture/ })).toBeVisible();
	await page.goBack();
	await expect(page).toHaveURL(`${admin.url}?tab=finished`);
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
});

for (const [history, way] of [
	['hash', 'Back'],
	['hash', 'the link to all headshots'],
	['none', 'the link to all headshots'],
] as const) {
	test(`with history="${history}", ${way} leads from a gallery to the list where it was left`, async ({
		openHost,
		page,
	}) => {
		const admin = await openHost({ members: 60, attributes: { history } });
		await admin.expectCards(60);
		const screen = page.locator('[part="screen"]');
		await screen.evaluate((one) => one.scrollTo({ top: 1_800 }));
		const card = page.locator('headshot-admin [aria-posinset="20"]');
		await card.hover();
		await card.getByRole('link', { name: /View Results/ }).click();
		await expect(page.getByRole('tab', { name: /Profile picture/ })).toBeVisible();
		await expect.poll(() => screen.evaluate((one) => one.scrollTop)).toBe(0);
		if (way === 'Back') await page.goBack();
		else await page.getByRole('link', { name: 'All headshots' }).click();
		await expect.poll(() => screen.evaluate((one) => one.scrollTop)).toBeGreaterThan(1_000);
		await expect(card).toBeInViewport();
	});
}

test('the host may say what to show: route, team, theme and locale', async ({ openHost, page }) => {
	const admin = await openHost({
		members: 9,
		attributes: { route: '/headshots?tab=finished', theme: 'dark', locale: 'de-DE' },
	});
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
	const [team] = admin.standIn.company.organization.teams;
	const element = page.locator('headshot-admin');
	await element.evaluate((one, id) => one.setAttribute('team', id), team!.id);
	await expect(page.getByLabel('Team')).toHaveValue(team!.id);
	await admin.expectCards(3);
	await element.evaluate((one) => one.setAttribute('route', '/headshots?q=nobody-has-this'));
	await expect(page.getByRole('searchbox', { name: 'Search e-mail' })).toHaveValue('nobody-has-this');
	const dark = await element.evaluate((one) => {
		const root = one.shadowRoot!.querySelector('.embed-frame')!;
		const [red = 255] = getComputedStyle(root).backgroundColor.match(/\d+/g)!.map(Number);
		return red < 60;
	});
	expect(dark).toBe(true);
	await element.evaluate((one) => one.setAttribute('route', '/headshots'));
	await expect(admin.cards.first()).toContainText(/\d\d\.\d\d\.20\d\d/);
	await element.evaluate((one) => one.setAttribute('locale', 'en-GB'));
	await expect(admin.cards.first()).toContainText(/\d{1,2} [A-Z][a-z]+ 20\d\d/);
});

test('"/" goes to the search of the element that the keys are in, and of no other', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 2, elements: 2 });
	const searches = page.getByRole('searchbox', { name: 'Search e-mail' });
	await expect(searches).toHaveCount(2);
	const focused = () =>
		page.evaluate(() =>
			[...document.querySelectorAll<Element>('headshot-admin')].indexOf(document.activeElement!),
		);
	await page.getByRole('link', { name: 'Settings' }).focus();
	await page.keyboard.press('/');
	expect(await focused()).toBe(-1);
	await page.getByRole('tab', { name: /^All/ }).nth(1).focus();
	await page.keyboard.press('/');
	expect(await focused()).toBe(1);
	await expect(searches.nth(1)).toBeFocused();
	await admin.page.keyboard.type('x');
	await expect(searches.nth(0)).toHaveValue('');
});
