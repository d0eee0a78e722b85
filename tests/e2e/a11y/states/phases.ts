import { gate } from '../../support/gate.ts';
import { speakUntil } from '../../support/speak-until.ts';
import type { Visit } from './state.ts';

/** The headshots are held back: those that are asked for with a network, and those that are asked for later. */
const early = gate();
const photos = gate();

/** Phases of a download, and its ends. Cancelling is over within a moment. */
export const phases: Visit = {
	name: 'phases',
	// So much that no phase is over before it is told.
	setup: {
		members: 10,
		headshotBytes: 3_000_000,
		// What is held back is no stall.
		limits: { stallMs: 3_600_000 },
		faults: [{ kind: 'hold', until: early.until, file: 'headshot' }],
	},
	states: [
		{
			name: 'waiting for the network',
			async reach({ admin, page }) {
				await admin.expectCards(10);
				await admin.startDownload();
				await admin.dialog.getByText('0 of 10 members').first().waitFor();
				await page.context().setOffline(true);
				// What is under way may stay so: it is the next one that finds no network.
				early.open();
				return admin.dialog.getByText('Waiting for the network');
			},
		},
		{
			name: 'running, in the tray',
			async reach({ admin, page }) {
				admin.standIn.faults.clear();
				admin.standIn.faults.add({ kind: 'hold', until: photos.until, file: 'headshot' });
				await page.context().setOffline(false);
				await admin.dialog.getByText('Downloading photos').waitFor();
				await admin.dialog.getByRole('button', { name: 'Hide' }).click();
				return page.getByRole('region', { name: 'Download' }).getByText(/ of 10 members$/);
			},
		},
		{
			name: 'packing',
			async reach({ admin, page }) {
				await page.getByRole('button', { name: 'Details' }).click();
				await speakUntil(page, '"phase":"packing"');
				photos.open();
				return admin.dialog.getByText('Packing', { exact: true });
			},
		},
		{
			name: 'checking',
			async reach({ admin, page }) {
				await speakUntil(page, '"phase":"checking"');
				return admin.dialog.getByText('Checking the archive');
			},
		},
		{
			name: 'all is saved',
			async reach({ admin, page }) {
				await speakUntil(page, null);
				return admin.dialog.getByText('10 of 10 members saved').last();
			},
		},
		{
			name: 'marked after it',
			async reach({ admin }) {
				await admin.dialog.getByRole('button', { name: /^Mark these/ }).click();
				return admin.dialog.getByRole('button', { name: 'Marked as actioned' });
			},
		},
		{
			name: 'failed, and why',
			async reach({ admin }) {
				await admin.close();
				admin.standIn.faults.clear();
				admin.standIn.faults.add({ kind: 'status', status: 400, api: /photos\/favorites$/ });
				await admin.startDownload();
				return admin.dialog.getByText('The download stopped. Nothing was saved.').last();
			},
		},
		{
			name: 'failed, in the tray',
			async reach({ page }) {
				await page.keyboard.press('Escape');
				return page.getByText('Download stopped', { exact: true });
			},
		},
	],
};
