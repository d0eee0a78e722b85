import type { Visit } from './state.ts';

/** A download, from its start to the list of all. */
export const downloads: Visit = {
	name: 'downloads',
	setup: {
		members: 24,
		// Into a file, so that it can go on after it was interrupted.
		limits: { memoryBytes: 100_000, flushBytes: 80_000 },
		faults: [
			{ kind: 'status', status: 404, file: 'pfp', tries: 2 },
			{ kind: 'slow', bytesPerSecond: process.env.EVERY === '1' ? 2_000 : 12_000, file: 'headshot' },
		],
	},
	states: [
		{
			name: 'running, with files that failed',
			async reach({ admin }) {
				await admin.expectCards(24);
				await admin.startDownload();
				await admin.failures.nth(1).waitFor();
				return admin.progressBar;
			},
		},
		{
			name: 'paused',
			async reach({ admin }) {
				await admin.dialog.getByRole('button', { name: 'Pause' }).click();
				return admin.dialog.getByText('Paused', { exact: true });
			},
		},
		{
			name: 'in the tray',
			async reach({ admin, page }) {
				await admin.dialog.getByRole('button', { name: 'Hide' }).click();
				await admin.dialog.waitFor({ state: 'hidden' });
				return page.getByRole('region', { name: 'Download' }).getByRole('progressbar');
			},
		},
		{
			name: 'signed out while it runs',
			async reach({ admin, page }) {
				admin.standIn.signOut();
				admin.standIn.faults.add({ kind: 'expired', file: 'pfp' });
				await page.getByRole('button', { name: 'Details' }).click();
				await admin.dialog.getByRole('button', { name: 'Resume' }).click();
				return admin.dialog.getByText('You are signed out.');
			},
		},
		{
			name: 'cancelled',
			async reach({ admin }) {
				admin.standIn.signIn();
				admin.standIn.faults.clear();
				await admin.cancelButton.click();
				return admin.dialog.getByText('Download cancelled. Nothing was saved.').last();
			},
		},
		{
			name: 'interrupted: it can go on',
			async reach({ admin, page }) {
				await admin.close();
				return page.getByRole('button', { name: 'Continue', exact: true });
			},
		},
		{
			name: 'done, but for what failed',
			async reach({ admin, page }) {
				admin.standIn.faults.add({ kind: 'status', status: 404, file: 'headshot', tries: 3 });
				await page.getByRole('button', { name: 'Continue', exact: true }).click();
				return admin.dialog.getByText(/^\d+ of 24 members saved; 3 files failed$/);
			},
		},
		{
			name: 'done, in the tray',
			async reach({ page }) {
				await page.keyboard.press('Escape');
				return page.getByText('Download finished');
			},
		},
		{
			name: 'the list of downloads',
			async reach({ admin, page }) {
				await page.getByRole('button', { name: 'Details' }).click();
				await admin.close();
				await page.getByRole('button', { name: 'Downloads', exact: true }).click();
				await admin.dialog.getByText('3 files failed', { exact: true }).click();
				return admin.dialog.getByText(/headshot\.jpg/).first();
			},
		},
		{
			name: 'no room for it',
			async reach({ admin, page }) {
				await admin.close();
				const browser = await page.context().newCDPSession(page);
				await browser.send('Storage.overrideQuotaForOrigin', { origin: admin.origin, quotaSize: 20_000_000 });
				await admin.startDownload();
				return admin.dialog.getByText('There is hardly room for all of it.');
			},
		},
		{
			name: 'a part is saved, and the next one waits',
			async reach({ admin }) {
				await admin.dialog.getByRole('button', { name: /^Download in \d parts$/ }).click();
				return admin.dialog.getByRole('button', { name: /^Go on with part 2 of/ });
			},
		},
	],
};
