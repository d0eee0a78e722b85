import { expect, test } from './support/embed.ts';

for (const path of ['/dash', '/dash/']) {
	test(`with history="path" on ${path}, Back leads from a gallery to the list that it began with`, async ({
		openHost,
		page,
	}) => {
		const admin = await openHost({
			members: 5,
			attributes: { history: 'path', route: '/headshots?tab=finished' },
		});
		const finished = page.getByRole('tab', { name: /Finished/ });
		await page.goto(admin.origin + path);
		await admin.expectCards(5);
		await expect(finished).toHaveAttribute('aria-selected', 'true');
		await admin.viewFirstResults();
		await expect(page).toHaveURL(/\/dash\/members\/\w+\?tab=headshots$/);
		await page.goBack();
		await expect(page).toHaveURL(admin.origin + path);
		await admin.expectCards(5);
		await expect(finished).toHaveAttribute('aria-selected', 'true');
	});
}

test('where the element keeps the address, it says what the host wants to be shown, also after a reload', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 9, attributes: { history: 'hash' } });
	const [team] = admin.standIn.company.organization.teams;
	const element = page.locator('headshot-admin');
	const openGallery = async () => {
		await admin.viewFirstResults();
		await expect(page).toHaveURL(/#\/members\/\w+\?tab=headshots$/);
	};

	await openGallery();
	await element.evaluate((one) => one.setAttribute('route', '/headshots?tab=finished'));
	await expect(page).toHaveURL(`${admin.url}#/headshots?tab=finished`);
	await page.reload();
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');

	await openGallery();
	await element.evaluate((one, id) => one.setAttribute('team', id), team!.id);
	await expect(page).toHaveURL(`${admin.url}#/headshots?team=${team!.id}`);
	await page.reload();
	await expect(page.getByLabel('Team')).toHaveValue(team!.id);
	// In place of the gallery, not behind it.
	await page.goBack();
	await expect(page).toHaveURL(`${admin.url}#/headshots?tab=finished`);
});

test('`history` is read when the element enters the page: set later, it counts from the next time on', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 3 });
	await admin.expectCards(3);
	const element = page.locator('headshot-admin');
	const observed = await element.evaluate(
		({ constructor }) => (constructor as unknown as { observedAttributes: string[] }).observedAttributes,
	);
	expect(observed).not.toContain('history');
	await element.evaluate((one) => one.setAttribute('history', 'hash'));
	await page.getByRole('tab', { name: /Finished/ }).click();
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
	await expect(page).toHaveURL(admin.url);
	await page.getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByText('Nothing to set.')).toBeVisible();
	await page.getByRole('link', { name: 'Headshots' }).click();
	await page.getByRole('tab', { name: /Finished/ }).click();
	await expect(page).toHaveURL(`${admin.url}#/headshots?tab=finished`);
});
