/** HeadshotPro's article on approving and managing headshots, a promise at a time. */
import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import sharp from 'sharp';
import { AdminPage } from './support/admin-page.ts';
import { favorites, nameOf } from './support/company.ts';
import { expect, test, type Admin } from './support/fixtures.ts';

const today = () => {
	const now = new Date();
	const pad = (value: number) => String(value).padStart(2, '0');
	return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
};

/** A member with everything, who has one shoot. */
function someone({ standIn }: Admin) {
	const { company } = standIn;
	const shoot = favorites(standIn).find(
		(one) =>
			one.email && one.title && company.shoots.filter((other) => other.email === one.email).length === 1,
	)!;
	const member = company.members.find((one) => one.modelId === shoot.id)!;
	return { shoot, member, email: shoot.email!, name: nameOf(standIn, shoot) };
}

async function bytesOf(download: Download): Promise<Buffer> {
	return readFile(await download.path());
}

test('a favorite that a member chooses lands in the Finished section by itself', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4 });
	const { company } = admin.standIn;
	const [shoot] = company.shoots;
	company.choose(shoot!.id, null);
	await page.reload();
	await expect((await admin.card(shoot!.email!)).getByText('No favorite yet')).toBeVisible();
	company.choose(shoot!.id, 0);
	await page.reload();
	const card = await admin.card(shoot!.email!);
	await expect(card.getByText('No favorite yet')).toHaveCount(0);
});

test('the Finished photo shoots section is at /app/admin/headshots, each card with its favorite', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4 });
	expect(new URL(page.url()).pathname).toBe('/app/admin/headshots');
	await expect(admin.finished.getByRole('heading', { name: 'Finished photo shoots' })).toBeVisible();
	for (const shoot of favorites(admin.standIn)) {
		const photo = admin.cards.filter({ hasText: shoot.email! }).getByRole('img');
		await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
	}
});

test('View Results on a card, or on hover, opens the member’s gallery', async ({ openAdmin, page }) => {
	const admin = await openAdmin();
	const { member, email, name } = someone(admin);
	const card = await admin.card(email);
	await card.hover();
	await card.getByRole('link', { name: /View Results/ }).click();
	await expect(page).toHaveURL(`${admin.origin}/app/admin/members/${member.id}?tab=headshots`);
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	const shoot = admin.standIn.company.shoot(member.modelId!)!;
	await expect(page.getByRole('button', { name: /^Open headshot/ })).toHaveCount(shoot.photoCount);
	await page.goBack();
	await expect(page.getByRole('searchbox')).toHaveValue(email);
	await expect(admin.cards).toHaveCount(1);
});

test('Download PFP in the Actions menu saves a PNG of 600 × 600 px', async ({ openAdmin, page }) => {
	const admin = await openAdmin();
	const { shoot, email } = someone(admin);
	const [download] = await Promise.all([page.waitForEvent('download'), admin.act(email, 'Download PFP')]);
	expect(download.suggestedFilename()).toBe(`${email} - ${shoot.title} - pfp.png`);
	expect(await sharp(await bytesOf(download)).metadata()).toMatchObject({
		format: 'png',
		width: 600,
		height: 600,
	});
});

test('Download Favorites is scoped to the selected team', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 9 });
	const [team] = admin.standIn.company.organization.teams;
	await page.getByLabel('Team').selectOption({ label: team!.name });
	await admin.expectCards(3);
	const archive = await admin.downloadFavorites();
	expect(archive.filename).toBe(`team-photos-${today()}.zip`);
	const mine = favorites(admin.standIn).filter((shoot) => shoot.teamId === team!.id);
	expect(archive.folders).toEqual(mine.map(({ email, title }) => `${email} - ${title}`).sort());
});

test('Export saves a spreadsheet of everybody, whatever their status', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ plain: false });
	await admin.expectCards(51);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export' }).click(),
	]);
	expect(download.suggestedFilename()).toBe(`members-${today()}.csv`);
	const text = (await bytesOf(download)).toString('utf8');
	const [header, ...rows] = text
		.replace(/^\uFEFF/, '')
		.trimEnd()
		.split('\r\n');
	expect(header?.toLowerCase()).toMatch(/^"team[^"]*","e-?mail","title","status","finished/);
	expect(rows).toHaveLength(66);
	const count = (status: string) => rows.filter((row) => row.includes(`"${status}"`)).length;
	expect([count('Finished'), count('Joined'), count('Invited')]).toEqual([49, 11, 6]);
	const { email } = someone(admin);
	expect(rows.find((row) => row.includes(email))).toMatch(/"Finished","\d{4}-\d{2}-\d{2}"/);
});

test('Mark as actioned moves the card into the Actioned section below, a collapsed compact list', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { email } = someone(admin);
	await expect(admin.actioned).toHaveCount(0);
	await admin.act(email, 'Mark as actioned');
	await admin.search('');
	await admin.expectCards(4);
	await expect(admin.cards.filter({ hasText: email })).toHaveCount(0);
	const disclosure = admin.actioned.getByRole('button', { name: /Actioned/ });
	await expect(disclosure).toHaveAttribute('aria-expanded', 'false');
	await expect(admin.actioned.getByRole('listitem')).toHaveCount(0);
	await disclosure.click();
	await expect(admin.actioned.getByRole('listitem').filter({ hasText: email })).toBeVisible();
	await page.reload();
	await admin.expectCards(4);
});

test('Undo next to the member’s entry returns the card to the grid', async ({ openAdmin }) => {
	const admin = await openAdmin({ members: 5 });
	const { email } = someone(admin);
	await admin.act(email, 'Mark as actioned');
	await admin.search('');
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
	const row = admin.actioned.getByRole('listitem').filter({ hasText: email });
	await row.getByRole('button', { name: /^Undo/ }).click();
	await admin.expectCards(5);
	await expect(admin.cards.filter({ hasText: email })).toHaveCount(1);
	await expect(admin.actioned).toHaveCount(0);
});

test('actioned is a local marker: marks, undo, notes, search and export only ever read from the backend', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { email } = someone(admin);
	await admin.act(email, 'Mark as actioned');
	await admin.search('');
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
	const row = admin.actioned.getByRole('listitem').filter({ hasText: email });
	await row.getByRole('button', { name: /note/i }).click();
	await row.getByRole('textbox').fill('Sent by post');
	await row.getByRole('textbox').press('Enter');
	await expect(row.getByText('Sent by post')).toBeVisible();
	await row.getByRole('button', { name: /^Undo/ }).click();
	await admin.expectCards(5);
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await exported;
	const api = admin.standIn.log.filter(({ host }) => host === 'api');
	expect([...new Set(api.map(({ method }) => method))]).toEqual(['GET']);
});

test('Send access link in the Actions menu asks first, then HeadshotPro e-mails the link, once', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const { member, email } = someone(admin);
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
