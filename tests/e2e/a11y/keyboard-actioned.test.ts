/** Marks, notes, their backup, and links for several, by somebody who has a keyboard only. */
import { readFile } from 'node:fs/promises';
import type { FileChooser } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { Keyboard } from '../support/keyboard.ts';

test('by keyboard alone: a note is written, a backup downloaded, and restored', async ({
	openAdmin,
	page,
}) => {
	// Heard from the beginning: the browser has to be told to leave its own window away.
	const choosers: FileChooser[] = [];
	page.on('filechooser', (chooser) => void choosers.push(chooser));
	const admin = await openAdmin({ members: 3 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(3);
	await keyboard.goTo(/^Select (?!all)/);
	await page.keyboard.press('Space');
	await keyboard.press(/^Mark as actioned$/, 'Shift+Tab');
	await admin.expectCards(2);

	await keyboard.press(/^Actioned/);
	await keyboard.press(/^Add note$/);
	await page.keyboard.type('Sent by post');
	await page.keyboard.press('Enter');
	await expect(admin.actioned.getByText('Sent by post')).toBeVisible();
	await keyboard.expectFocus(/^Edit note$/);

	const open = async () => {
		await keyboard.press(/^Backup/, 'Shift+Tab');
		await expect(admin.dialog).toBeFocused();
	};
	await open();
	const downloaded = page.waitForEvent('download');
	await keyboard.press(/^Download backup$/);
	const file = await (await downloaded).path();
	expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ markers: [{ note: 'Sent by post' }] });
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Backup/);

	// What the file has besides what is here.
	const backup = JSON.parse(await readFile(file, 'utf8')) as { markers: { at: number; note: string }[] };
	Object.assign(backup.markers[0]!, { at: backup.markers[0]!.at + 1_000, note: 'Sent by Ada' });
	await page.keyboard.press('Enter');
	await keyboard.goTo(/^Backup file$/);
	await page.keyboard.press('Enter');
	await expect.poll(() => choosers.length).toBe(1);
	const buffer = Buffer.from(JSON.stringify(backup));
	await choosers[0]!.setFiles({ name: 'actioned.json', mimeType: 'application/json', buffer });
	await expect(admin.dialog.getByText(/1 will be changed/)).toBeVisible();
	await keyboard.press(/^Restore$/);
	await expect(admin.dialog.getByText(/^Restored: 1 marker/)).toBeVisible();
	await expect.poll(() => keyboard.focused()).not.toBe('nothing');
	await keyboard.press(/^Close$/);
	await keyboard.expectFocus(/^Backup/);
	await expect(admin.actioned.getByText('Sent by Ada')).toBeVisible();
});

test('by keyboard alone: access links are sent to several', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(3);
	await keyboard.press(/^Select all$/);
	await keyboard.press(/^Send access link$/, 'Shift+Tab');
	await expect(admin.dialog).toBeFocused();
	await keyboard.press(/^Show the 3 addresses$/);
	await expect(admin.dialog.getByRole('listitem')).toHaveCount(3);
	await keyboard.press(/^Send 3 access links$/);
	await expect(admin.dialog.getByRole('list', { name: 'Recipients' }).getByRole('listitem')).toHaveCount(3);
	await keyboard.expectFocus(/^Close$/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Send access link$/);
	expect(admin.standIn.log.filter(({ path }) => path.endsWith('/access-link'))).toHaveLength(3);
});
