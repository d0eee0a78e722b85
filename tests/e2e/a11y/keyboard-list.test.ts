/** What is seen of the members, by somebody who has a keyboard only. */
import { expect, test } from '../support/fixtures.ts';
import { Keyboard } from '../support/keyboard.ts';

test('by keyboard alone: a team, an order, a layout, a tab and a concern are chosen', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ plain: false });
	const keyboard = new Keyboard(page);
	await admin.expectCards(51);
	const [team] = admin.standIn.company.organization.teams;
	await keyboard.goTo(/^Team$/);
	await page.keyboard.press('ArrowDown');
	await expect(page).toHaveURL(new RegExp(`team=${team!.id}`));
	await admin.expectCards(18);
	await keyboard.expectFocus(/^Team$/);

	await keyboard.goTo(/^Sort$/);
	await page.keyboard.press('ArrowDown');
	await expect(page).toHaveURL(/sort=name/);
	await keyboard.press(/^List$/);
	await expect(page.getByRole('button', { name: 'List', exact: true })).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	await keyboard.expectFocus(/^List$/);

	await keyboard.goTo(/^All/, 'Shift+Tab');
	for (const [key, name, heading] of [
		['ArrowRight', 'Finished', 'Finished photo shoots'],
		['ArrowRight', 'Joined', 'In Progress'],
		['ArrowRight', 'Invited', 'Pending Invites'],
		['End', 'Deleted', 'Deleted photo shoots'],
		['ArrowLeft', 'Attention', 'Needs Attention'],
	] as const) {
		await page.keyboard.press(key);
		await expect(page.getByRole('tab', { name })).toBeFocused();
		await expect(page.getByRole('heading', { name: heading })).toBeVisible();
	}

	const lines = page.getByRole('list', { name: 'Members', exact: true }).getByRole('listitem');
	const all = await lines.count();
	await keyboard.press(/^No favorite chosen/);
	await expect(page).toHaveURL(/why=/);
	await expect.poll(() => lines.count()).toBeLessThan(all);
	await keyboard.expectFocus(/^No favorite chosen/);
	await page.keyboard.press('Enter');
	await expect(lines).toHaveCount(all);
});

test('by keyboard alone: what could not be loaded is tried again', async ({ openAdmin, page }) => {
	const admin = await openAdmin({
		members: 3,
		faults: [{ kind: 'status', status: 400, api: /\/models$/, tries: 1 }],
	});
	const keyboard = new Keyboard(page);
	await expect(page.getByText('The members could not be loaded')).toBeVisible();
	await keyboard.press(/^Try again$/);
	await admin.expectCards(3);
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
});
