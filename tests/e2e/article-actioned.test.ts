/** HeadshotPro's article on approving and managing headshots, a promise at a time: who is actioned, and access links. */
import { AdminPage } from './support/admin-page.ts';
import { someone } from './support/company.ts';
import { asDelivered } from './support/as-delivered.ts';
import { expect, test } from './support/fixtures.ts';

test.use(asDelivered);

test('Mark as actioned moves the card into the Actioned section below, a collapsed compact list', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { email } = someone(admin.standIn);
	await expect(admin.actioned).toHaveCount(0);
	await admin.act(email, 'Mark as actioned');
	await admin.search('');
	await admin.expectCards(4);
	await expect(admin.cards.filter({ hasText: email })).toHaveCount(0);
	const disclosure = admin.actioned.getByRole('button', { name: /Actioned/ });
	await expect(disclosure).toHaveAttribute('aria-expanded', 'false');
	await expect(admin.actioned.getByRole('listitem')).toHaveCount(0);
	const [above, below] = [await admin.finished.boundingBox(), await admin.actioned.boundingBox()];
	expect(below!.y).toBeGreaterThanOrEqual(above!.y + above!.height);
	const card = await admin.cards.first().boundingBox();
	await disclosure.click();
	const row = admin.actioned.getByRole('listitem').filter({ hasText: email });
	await expect(row).toBeVisible();
	expect((await row.boundingBox())!.height).toBeLessThan(card!.height / 2);
	await page.reload();
	await admin.expectCards(4);
});

test('Undo next to the member’s entry returns the card to the grid; a note and an undo outlast the page', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { email } = someone(admin.standIn);
	await admin.act(email, 'Mark as actioned');
	await admin.search('');
	const disclosure = admin.actioned.getByRole('button', { name: /^Actioned/ });
	await disclosure.click();
	const row = admin.actioned.getByRole('listitem').filter({ hasText: email });
	await row.getByRole('button', { name: /note/i }).click();
	await row.getByRole('textbox').fill('Sent by post');
	await row.getByRole('textbox').press('Enter');
	await expect(row.getByText('Sent by post')).toBeVisible();
	await page.reload();
	await admin.expectCards(4);
	await disclosure.click();
	await expect(row.getByText('Sent by post')).toBeVisible();

	await row.getByRole('button', { name: /^Undo/ }).click();
	const isBack = async () => {
		await admin.expectCards(5);
		await expect(admin.cards.filter({ hasText: email })).toHaveCount(1);
		await expect(admin.actioned).toHaveCount(0);
	};
	await isBack();
	await page.reload();
	await isBack();
});

test('Send access link in the Actions menu asks first, then HeadshotPro e-mails the link, once', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { member, email } = someone(admin.standIn);
	const sent = () => admin.standIn.log.filter(({ method }) => method === 'POST').map(({ path }) => path);
	await admin.act(email, 'Send access link');
	await expect(admin.dialog.getByText(new RegExp(email)).first()).toBeVisible();
	await expect(admin.dialog.getByText(/team-access/)).toBeVisible();
	expect(sent()).toEqual([]);
	await admin.dialog.getByRole('button', { name: 'Send access link' }).dblclick();
	await expect(admin.dialog.getByText(`Sent to ${email}`)).toBeVisible();
	expect(sent()).toEqual([`/api/v2/organization/team/${member.id}/access-link`]);

	// Not from here again within a minute, nor from another tab.
	const other = await page.context().newPage();
	const there = new AdminPage(other, admin.url);
	await there.open();
	await there.act(email, 'Send access link');
	await there.dialog.getByRole('button', { name: 'Send access link' }).click();
	await expect(there.dialog.getByText(/already|minute/i).first()).toBeVisible();
	expect(sent()).toHaveLength(1);
});
