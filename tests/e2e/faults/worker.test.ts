import type { Shoot } from '../../backend/stand-in.ts';
import { AdminPage } from '../support/admin-page.ts';
import { favorites } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { photoRequests, timesServed } from '../support/requests.ts';

test.use({ serviceWorkers: 'allow' });

const deaths: { given: string; die: () => unknown; says: RegExp }[] = [
	{
		given: 'hangs',
		// In a task of its own: what the debugger itself runs can't be ended.
		die: () =>
			setTimeout(() => {
				for (;;);
			}),
		says: /no longer answers/,
	},
	{ given: 'vanishes without a word', die: () => self.close(), says: /no longer answers/ },
	{
		given: 'throws an error that nobody catches',
		die: () =>
			setTimeout(() => {
				throw new Error('Out of luck');
			}),
		says: /The worker failed: .*Out of luck/,
	},
];

for (const { given, die, says } of deaths) {
	test(`given a worker that ${given}, when a download is under way, then the admin is told, and a new download succeeds`, async ({
		openAdmin,
		page,
		complaints,
	}) => {
		const admin = await openAdmin({ members: 4 });
		const { standIn } = admin;
		const [last] = favorites(standIn) as [Shoot];
		standIn.faults.add({ kind: 'stall', shootId: last.id, file: 'headshot' });
		await admin.startDownload();
		await expect.poll(() => timesServed(standIn).size).toBe(7);

		const outcome = admin.dialog.getByText('The download stopped. Nothing was saved.', { exact: true });
		await admin.expectNoDownload(async () => {
			void page
				.workers()[0]!
				.evaluate(die)
				.catch(() => {});
			await expect(outcome).toBeVisible({ timeout: 12_000 });
		});
		await expect(
			admin.dialog.getByText(/^The part of the page that downloads stopped working\./),
		).toBeVisible();
		expect(complaints.splice(0).join()).toMatch(says);

		standIn.faults.clear();
		await admin.close();
		await expectContents(await admin.downloadFavorites(), standIn);
		await admin.expectOutcome('4 of 4 members saved');
		await expect.poll(() => page.workers().length).toBe(0);
	});
}

test('given a page whose policy allows no worker, when favorites are downloaded, then the page itself does it, and says so once', async ({
	openAdmin,
	page,
	complaints,
}) => {
	const warnings: string[] = [];
	page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
	const policy = "frame-ancestors 'none'; worker-src 'none'";
	const admin = await openAdmin({ members: 6, pageHeaders: { 'Content-Security-Policy': policy } });
	const { standIn } = admin;
	standIn.faults.add({ kind: 'cut-length', tries: 1, shootId: favorites(standIn)[0]!.id, file: 'headshot' });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('6 of 6 members saved');
	await expectContents(archive, standIn);
	expect(photoRequests(standIn)).toHaveLength(13);
	await expect.poll(() => page.workers()).toHaveLength(0);
	expect(warnings).toEqual([expect.stringMatching(/working on the main thread/i)]);
	// The browser's own lines: of the service worker, and of the download's worker.
	const said = complaints.splice(0).filter((line) => !line.startsWith('network: '));
	const line = expect.stringContaining('worker-src');
	expect(said).toEqual([line, line]);
});

test('given two tabs, when both download at the same time, then both archives are right', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 60_000 });
	const { standIn } = admin;
	const other = new AdminPage(await page.context().newPage(), admin.url);
	await other.open();
	await other.expectCards(4);

	const tabs = [admin, other];
	const downloads = tabs.map((tab) => tab.page.waitForEvent('download'));
	for (const tab of tabs) await tab.startDownload();
	for (const tab of tabs) await expect(tab.progressBar).toBeVisible();
	for (const [place, tab] of tabs.entries()) {
		await tab.expectOutcome('4 of 4 members saved');
		await expectContents(await tab.save(await downloads[place]!), standIn);
	}
	expect(photoRequests(standIn)).toHaveLength(16);
});
