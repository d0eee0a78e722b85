/** Photos, one by one and in archives, by somebody who has a keyboard only. */
import { readFile } from 'node:fs/promises';
import { favorites } from '../support/company.ts';
import { expect, test } from '../support/fixtures.ts';
import { gate } from '../support/gate.ts';
import { Keyboard } from '../support/keyboard.ts';

test('by keyboard alone: a PFP is saved, a headshot enlarged, and its original saved', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 2 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(2);
	await keyboard.press(/^Actions for/);
	await keyboard.expectFocus(/^View Results$/);
	await page.keyboard.press('d');
	await keyboard.expectFocus(/^Download PFP$/);
	const [pfp] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
	expect(pfp.suggestedFilename()).toMatch(/ - pfp\.png$/);
	await keyboard.expectFocus(/^Actions for/);

	await keyboard.press(/^View Results of/, 'Shift+Tab');
	await keyboard.press(/^Open headshot 1 /);
	const picture = admin.dialog.getByRole('group', { name: 'Picture' });
	await expect(admin.dialog.locator('img.loaded')).toBeVisible();
	const size = () => admin.dialog.locator('img.loaded').boundingBox();
	const { width } = (await size())!;
	await keyboard.press(/^Zoom in$/);
	await expect(picture).toBeVisible();
	await expect.poll(async () => (await size())!.width).toBeGreaterThan(width * 1.2);
	const before = (await size())!.x;
	await page.keyboard.press('ArrowRight');
	await expect.poll(async () => (await size())!.x).not.toBe(before);
	await page.keyboard.press('0');
	await expect.poll(async () => (await size())!.width).toBeCloseTo(width, 0);

	const original = page.waitForEvent('download');
	await keyboard.press(/^Download original$/);
	expect((await original).suggestedFilename()).toMatch(/\.jpg$/);
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Open headshot 1 /);
});

test('by keyboard alone: a download is paused and resumed; what failed is listed, saved as CSV and fetched again', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4 });
	const keyboard = new Keyboard(page);
	const { standIn } = admin;
	await admin.expectCards(4);
	const [missing, held] = favorites(standIn);
	const photo = gate();
	standIn.faults.add(
		{ kind: 'status', status: 404, shootId: missing!.id, file: 'headshot', tries: 1 },
		{ kind: 'hold', until: photo.until, shootId: held!.id, file: 'headshot' },
	);
	await keyboard.press(/^Download Favorites$/);
	await expect(admin.failures).toHaveCount(1);
	await keyboard.press(/^Pause$/);
	await expect(admin.dialog.getByText('Paused', { exact: true })).toBeVisible();
	await keyboard.expectFocus(/^Resume$/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog.getByText('Paused', { exact: true })).toBeHidden();
	// Waited for, or it may be taken for the list that is saved next.
	await Promise.all([page.waitForEvent('download'), photo.open()]);
	await admin.expectOutcome('3 of 4 members saved; 1 file failed');
	await keyboard.expectFocus(/^Close$/);

	const [list] = await Promise.all([page.waitForEvent('download'), keyboard.press(/^Save as CSV$/)]);
	expect(await readFile(await list.path(), 'utf8')).toContain(missing!.email!);
	const [rest] = await Promise.all([page.waitForEvent('download'), keyboard.press(/^Retry failed$/)]);
	expect((await admin.save(rest)).paths).toEqual([`${missing!.email} - ${missing!.title}/headshot.jpg`]);
	await expect(admin.dialog.getByText(/^1 of 1 member saved/).last()).toBeVisible();
	await keyboard.expectFocus(/^Close$/);
	const [again] = await Promise.all([page.waitForEvent('download'), keyboard.press(/^Save again$/)]);
	expect(again.suggestedFilename()).toBe(rest.suggestedFilename());
	await keyboard.press(/^Close$/);
	await expect(admin.dialog).toBeHidden();

	await keyboard.press(/^Downloads$/, 'Shift+Tab');
	await expect(admin.dialog).toBeFocused();
	await keyboard.press(/^1 file failed$/);
	await expect(admin.dialog.getByText(/headshot\.jpg: /)).toBeVisible();
	await keyboard.press(/^Mark .*3 .*as actioned$/, 'Shift+Tab');
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Downloads$/);
	await admin.expectCards(1);
});
