import type { Page } from '@playwright/test';
import { favorites, folderOf } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';
import { holdLast } from './support/hold.ts';
import { choosesPlace, sizeOf } from './support/place.ts';

/** What the browser tells a page of its room, in bytes. */
async function giveRoom(page: Page, origin: string, quotaSize: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

/** The names of what lies in the browser's private storage for archives. */
function privateFiles(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const names: string[] = [];
		for await (const name of (await root.getDirectoryHandle('headshot-admin', { create: true })).keys())
			names.push(name);
		return names;
	});
}

test.describe('given less room than the photos are expected to take', () => {
	const setup = { members: 30, plain: true, limits: { memoryBytes: 200_000 } };

	test('it says so before it begins, and parts come one after the other, each making room', async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin(setup);
		await giveRoom(page, admin.origin, 50_000_000);
		await admin.expectCards(30);
		await admin.startDownload();
		await admin.expectOutcome('There is hardly room for all of it.');
		await expect(
			admin.dialog.getByText(/It will take about 90 MB, and this browser has about 4\d(\.\d)? MB/),
		).toBeVisible();
		expect(admin.standIn.log.filter(({ host, file }) => host === 'photo' && file !== 'thumbnail')).toEqual(
			[],
		);
		const [first] = await Promise.all([
			page.waitForEvent('download'),
			admin.dialog.getByRole('button', { name: 'Download in 2 parts' }).click(),
		]);
		expect(first.suggestedFilename()).toMatch(/^team-photos-\d{4}-\d\d-\d\d \(part 1 of 2\)\.zip$/);
		await admin.expectOutcome('15 of 15 members saved');
		const one = await admin.save(first);
		const [held] = await privateFiles(page);
		const [second] = await Promise.all([
			page.waitForEvent('download'),
			admin.dialog.getByRole('button', { name: 'Go on with part 2 of 2' }).click(),
		]);
		await admin.expectOutcome('15 of 15 members saved');
		const two = await admin.save(second);
		expect(await privateFiles(page)).not.toContain(held);
		expect([...one.folders, ...two.folders].sort()).toEqual(
			favorites(admin.standIn)
				.map((shoot) => folderOf(admin.standIn, shoot))
				.sort(),
		);
		await expect(admin.dialog.getByRole('button', { name: /Go on/ })).toHaveCount(0);
	});

	test('what is fetched again between two parts leaves the file of neither', async ({ openAdmin, page }) => {
		const admin = await openAdmin(setup);
		await giveRoom(page, admin.origin, 50_000_000);
		await admin.expectCards(30);
		const [first] = favorites(admin.standIn);
		admin.standIn.faults.add({ kind: 'status', status: 404, shootId: first!.id, file: 'pfp' });
		await admin.startDownload();
		const press = async (name: string | RegExp, line: string) => {
			await Promise.all([
				page.waitForEvent('download'),
				admin.dialog.getByRole('button', { name, exact: true }).click(),
			]);
			await admin.expectOutcome(line);
		};
		await press('Download in 2 parts', '14 of 15 members saved; 1 file failed');
		const [held] = await privateFiles(page);
		expect(held).toBeDefined();
		admin.standIn.faults.clear();
		await press('Retry failed', '1 of 1 member saved');
		await press('Go on with part 2 of 2', '15 of 15 members saved');
		expect(await privateFiles(page)).not.toContain(held);
	});

	test('an archive that was saved before is taken away by a press, and then there is room', async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({ ...setup, headshotBytes: 2_500_000 });
		await giveRoom(page, admin.origin, 120_000_000);
		await admin.expectCards(30);
		await admin.downloadFavorites();
		await admin.expectOutcome('30 of 30 members saved');
		await admin.close();
		const [first] = await privateFiles(page);
		await admin.startDownload();
		await admin.expectOutcome('There is hardly room for all of it.');
		const [again] = await Promise.all([
			page.waitForEvent('download'),
			admin.dialog.getByRole('button', { name: 'Remove earlier archives from here' }).click(),
		]);
		await admin.expectOutcome('30 of 30 members saved');
		expect((await admin.save(again)).folders).toHaveLength(30);
		expect(await privateFiles(page)).not.toContain(first);
	});

	test('who insists gets all of it at once', async ({ openAdmin, page }) => {
		const admin = await openAdmin(setup);
		await giveRoom(page, admin.origin, 50_000_000);
		await admin.expectCards(30);
		await admin.startDownload();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			admin.dialog.getByRole('button', { name: 'Try all at once' }).click(),
		]);
		await admin.expectOutcome('30 of 30 members saved');
		expect((await admin.save(download)).folders).toHaveLength(30);
	});

	test('straight to disk is another way, where the browser has it', async ({ openAdmin, page }) => {
		await choosesPlace(page, 'mine.zip');
		const admin = await openAdmin(setup);
		await giveRoom(page, admin.origin, 50_000_000);
		await admin.expectCards(30);
		await admin.startDownload();
		await admin.expectNoDownload(async () => {
			await admin.dialog.getByRole('button', { name: 'Save straight to disk…' }).click();
			await admin.expectOutcome('30 of 30 members saved');
		});
		await expect(admin.dialog.getByText('Saved as mine.zip, where you chose.')).toBeVisible();
		expect(await sizeOf(page, 'mine.zip')).toBeGreaterThan(30 * 60_000);
	});
});

test.describe('given the option to save straight to disk', () => {
	const setup = { members: 30, plain: true };

	test('it is remembered, nothing is handed over twice, and Cancel leaves no file', async ({
		openAdmin,
		page,
	}) => {
		await choosesPlace(page, 'mine.zip');
		const admin = await openAdmin({ ...setup, bytesPerSecond: 300_000 });
		await admin.expectCards(30);
		const start = async () => {
			await page.getByRole('button', { name: 'More ways to download' }).click();
			await page.getByRole('menuitem', { name: 'Options…' }).click();
			const straight = page.getByRole('checkbox', { name: 'Save straight to disk' });
			if (!(await straight.isChecked())) await straight.click();
			await page.getByRole('button', { name: 'Download with these options' }).click();
		};
		await start();
		await expect.poll(() => admin.progress()).toBeGreaterThan(10);
		await admin.cancelButton.click();
		await admin.expectOutcome('Download cancelled. Nothing was saved.');
		expect(await sizeOf(page, 'mine.zip')).toBeNull();
		await admin.close();
		await page.reload();
		await admin.expectCards(30);
		await page.getByRole('button', { name: 'More ways to download' }).click();
		await page.getByRole('menuitem', { name: 'Options…' }).click();
		await expect(page.getByRole('checkbox', { name: 'Save straight to disk' })).toBeChecked();
		admin.standIn.faults.clear();
		await page.getByRole('button', { name: 'Download with these options' }).click();
		await admin.expectOutcome('30 of 30 members saved');
		await expect(admin.dialog.getByRole('button', { name: 'Save again' })).toHaveCount(0);
		expect(await sizeOf(page, 'mine.zip')).toBeGreaterThan(30 * 60_000);
	});

	test('who thinks better of it in the browser’s dialog starts nothing', async ({ openAdmin, page }) => {
		await choosesPlace(page, null);
		const admin = await openAdmin(setup);
		await admin.expectCards(30);
		await page.getByRole('button', { name: 'More ways to download' }).click();
		await page.getByRole('menuitem', { name: 'Options…' }).click();
		await page.getByRole('checkbox', { name: 'Save straight to disk' }).click();
		await page.getByRole('button', { name: 'Download with these options' }).click();
		await expect(admin.dialog).toBeHidden();
		await expect(admin.downloadButton).toBeEnabled();
		expect(admin.standIn.log.filter(({ host, file }) => host === 'photo' && file !== 'thumbnail')).toEqual(
			[],
		);
	});
});

test('given a disk that fills up in the middle, then it stops, says how much had no room and how much there is, and leaves nothing', async ({
	openAdmin,
	page,
}) => {
	const limits = { memoryBytes: 200_000, flushBytes: 500_000 };
	const admin = await openAdmin({ members: 6, headshotBytes: 500_000, limits });
	await admin.expectCards(6);
	const last = await holdLast(page, admin.standIn);
	await admin.startDownload();
	await expect.poll(last.count).toBe(1);
	await expect.poll(() => privateFiles(page)).toHaveLength(1);
	await giveRoom(page, admin.origin, 1);
	await admin.expectNoDownload(async () => {
		last.release();
		await expect(
			admin.dialog.getByText(/The disk is full: the next \d+ kB had no room \(0 bytes are free\)/),
		).toBeVisible();
	});
	expect(await privateFiles(page)).toEqual([]);
	// With room again, it works at once.
	await giveRoom(page, admin.origin, 1e9);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Try again' }).click(),
	]);
	await admin.expectOutcome('6 of 6 members saved');
	expect((await admin.save(download)).folders).toHaveLength(6);
});
