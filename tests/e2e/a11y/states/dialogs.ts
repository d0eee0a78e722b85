import { readFile } from 'node:fs/promises';
import { gate } from '../../support/gate.ts';
import type { Visit } from './state.ts';

/** The first access link is held back. */
const links = gate();

/** What asks and tells in a window of its own. */
export const dialogs: Visit = {
	name: 'dialogs',
	setup: {
		members: 6,
		// What is held back is no stall.
		limits: { stallMs: 3_600_000 },
		// One whom no link can reach.
		edit({ members, shoots }) {
			members.at(-1)!.email = shoots.at(-1)!.email = null;
		},
	},
	states: [
		{
			name: 'options of a download',
			async reach({ admin, page }) {
				await admin.expectCards(6);
				await page.getByRole('button', { name: 'More ways to download' }).click();
				await page.getByRole('menuitem', { name: 'Options…' }).click();
				return admin.dialog.getByRole('button', { name: 'Download with these options' });
			},
		},
		{
			name: 'options with profiles, and a name that is taken',
			async reach({ admin, page }) {
				for (const name of ['Intranet', 'Badges of the whole company, printed in the spring']) {
					await admin.dialog.getByLabel('Save these options as').fill(name);
					await page.keyboard.press('Enter');
					await admin.dialog.getByText(`Saved as ${name}.`).waitFor();
				}
				await admin.dialog.getByRole('button', { name: /^Rename Badges/ }).click();
				await admin.dialog.getByLabel(/^New name of/).fill('intranet');
				return admin.dialog.getByText('Another profile has this name.');
			},
		},
		{
			name: 'options of a system, and its picture',
			async reach({ admin }) {
				await admin.dialog.getByLabel('Made for').selectOption({ index: 1 });
				return admin.dialog.getByLabel('Quality');
			},
		},
		{
			name: 'may access links be sent?',
			async reach({ admin, page }) {
				await admin.dialog.getByRole('button', { name: 'Close' }).click();
				await page.getByRole('button', { name: 'Select all' }).click();
				await page.getByRole('button', { name: 'Send access link' }).click();
				await admin.dialog.getByText('Show the 5 addresses').click();
				await admin.dialog.getByText('No link can reach 1 person').waitFor();
				return admin.dialog.getByRole('button', { name: 'Send 5 access links' });
			},
		},
		{
			name: 'access links are being sent',
			async reach({ admin }) {
				admin.standIn.faults.add({ kind: 'hold', until: links.until, api: /access-link$/, tries: 1 });
				await admin.dialog.getByRole('button', { name: 'Send 5 access links' }).click();
				return admin.dialog.getByRole('progressbar', { name: 'Sending progress' });
			},
		},
		{
			name: 'access links were sent, but one',
			async reach({ admin }) {
				admin.standIn.faults.add({ kind: 'status', status: 422, api: /access-link$/, tries: 1 });
				links.open();
				return admin.dialog.getByRole('button', { name: 'Close' });
			},
		},
		{
			name: 'backup',
			async reach({ admin, page }) {
				await admin.dialog.getByRole('button', { name: 'Close' }).click();
				await page.getByRole('button', { name: 'Clear' }).click();
				await admin.cards.first().getByRole('checkbox').click();
				await page.getByRole('button', { name: 'Mark as actioned' }).click();
				await admin.expectCards(5);
				await admin.actioned.getByRole('button', { name: /^Backup/ }).click();
				return admin.dialog.getByLabel('Backup file');
			},
		},
		{
			name: 'a backup that can’t be read',
			async reach({ admin }) {
				const buffer = Buffer.from('{}');
				const file = { name: 'other.json', mimeType: 'application/json', buffer };
				await admin.dialog.getByLabel('Backup file').setInputFiles(file);
				return admin.dialog.getByRole('alert').filter({ hasText: /./ });
			},
		},
		{
			name: 'what a backup would change',
			async reach({ admin, page }) {
				const [download] = await Promise.all([
					page.waitForEvent('download'),
					admin.dialog.getByRole('button', { name: 'Download backup' }).click(),
				]);
				const backup = JSON.parse(await readFile(await download.path(), 'utf8')) as {
					markers: { note: string; noteAt: number; at: number }[];
				};
				for (const marker of backup.markers) Object.assign(marker, { at: marker.at + 1_000, note: 'by Ada' });
				const buffer = Buffer.from(JSON.stringify(backup));
				const file = { name: 'actioned.json', mimeType: 'application/json', buffer };
				await admin.dialog.getByLabel('Backup file').setInputFiles(file);
				return admin.dialog.getByRole('button', { name: 'Restore', exact: true });
			},
		},
		{
			name: 'a backup was restored',
			async reach({ admin }) {
				await admin.dialog.getByRole('button', { name: 'Restore', exact: true }).click();
				return admin.dialog.getByText(/^Restored:/);
			},
		},
		{
			name: 'what this browser keeps',
			async reach({ admin, page }) {
				await page.keyboard.press('Escape');
				await page.getByRole('button', { name: 'Privacy' }).click();
				return admin.dialog.getByRole('button', { name: /^Forget this device/ });
			},
		},
		{
			name: 'may this device be forgotten?',
			async reach({ admin }) {
				await admin.dialog.getByRole('button', { name: /^Forget this device/ }).click();
				return admin.dialog.getByText(/actioned markers? of .+ will be lost$/);
			},
		},
		{
			name: 'this device was forgotten',
			async reach({ admin, page }) {
				await admin.dialog.getByRole('button', { name: 'Forget everything' }).click();
				return page.getByRole('heading', { name: 'This device was forgotten' });
			},
		},
	],
};
