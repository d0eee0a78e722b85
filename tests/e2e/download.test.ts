import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { favorites, folderOf, nameOf } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';
import { holdLast } from './support/hold.ts';
import { photoRequests } from './support/requests.ts';
import { unpackers } from '../unpackers/unpackers.ts';

test.use({ serviceWorkers: 'allow' });

/** Until the faults are cleared: each photo takes some seconds, so that something can happen meanwhile. */
const slowly = { kind: 'slow', bytesPerSecond: 30_000 } as const;

test.describe('given the company of 60 as it comes, on real pictures', () => {
	test('one press saves every favorite, and every unpacker reads the archive', async ({ openAdmin }) => {
		test.setTimeout(240_000);
		const admin = await openAdmin({ plain: false, realPictures: true, limits: { stallMs: 60_000 } });
		const { standIn } = admin;
		const gone = favorites(standIn)[3]!;
		standIn.faults.add({ kind: 'status', status: 404, shootId: gone.id, file: 'headshot' });
		await admin.expectCards(51);

		const archive = await admin.downloadFavorites();
		expect(archive.filename).toMatch(/^team-photos-\d{4}-\d\d-\d\d\.zip$/);
		await admin.expectOutcome('44 of 45 members saved; 1 file failed');
		const failure = admin.failures.filter({ hasText: 'headshot.jpg' });
		await expect(failure).toContainText(nameOf(standIn, gone));
		await expect(failure).toContainText('status 404');

		const expected = favorites(standIn).flatMap((shoot) => [
			...(shoot === gone ? [] : [`${folderOf(standIn, shoot)}/headshot.jpg`]),
			...(shoot.profilePicture ? [`${folderOf(standIn, shoot)}/pfp.jpg`] : []),
		]);
		expect(archive.paths).toEqual(expected.sort());

		for (const shoot of favorites(standIn)) {
			const folder = folderOf(standIn, shoot);
			if (shoot !== gone) {
				const headshot = await archive.bytes(`${folder}/headshot.jpg`);
				expect(headshot.equals(await standIn.bytesOf(shoot.id, 'headshot')), folder).toBe(true);
			}
			if (!shoot.profilePicture) continue;
			const pfp = await archive.bytes(`${folder}/pfp.jpg`);
			if (shoot.profilePicture.format === 'jpeg') {
				expect(pfp.equals(await standIn.bytesOf(shoot.id, 'pfp')), folder).toBe(true);
			} else {
				expect(await sharp(pfp).metadata()).toMatchObject({
					format: 'jpeg',
					width: shoot.profilePicture.size,
				});
			}
		}

		for (const { name, list } of unpackers) expect(await list(archive.file), name).toEqual(expected.sort());
	});
});

test('transparency becomes white, and the picture keeps its size', async ({ openAdmin }) => {
	const admin = await openAdmin({ members: 30 });
	const { company } = admin.standIn;
	const shoot = company.shoots.find((one) => one.profilePicture?.format === 'png')!;
	const archive = await admin.downloadFavorites();
	const pfp = sharp(await archive.bytes(`${folderOf(admin.standIn, shoot)}/pfp.jpg`));
	const corner = await pfp.extract({ left: 0, top: 0, width: 2, height: 2 }).raw().toBuffer();
	expect([...corner].every((value) => value > 250)).toBe(true);
});

test('a backend that renders no profile pictures gets them cut out of the headshots', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 4, without: ['profilePicture-field'] });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('4 of 4 members saved');
	for (const folder of archive.folders) {
		const { width, height, format } = await sharp(await archive.bytes(`${folder}/pfp.jpg`)).metadata();
		expect({ width, height, format }).toEqual({ width: 960, height: 960, format: 'jpeg' });
	}
	expect(admin.standIn.log.filter((entry) => entry.file === 'pfp')).toHaveLength(0);
});

test('only the selected team is downloaded', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 9 });
	const team = admin.standIn.company.organization.teams[1]!;
	await page.getByLabel('Team').selectOption({ label: team.name });
	await admin.expectCards(3);
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	const shoots = admin.standIn.company.shoots.filter((shoot) => shoot.teamId === team.id);
	expect(archive.folders).toEqual(shoots.map((shoot) => folderOf(admin.standIn, shoot)).sort());
});

test('the job outlives its dialog: the tray shows it, reopens it, and leaving asks first', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const last = await holdLast(page, admin.standIn);
	await admin.startDownload();
	await expect.poll(last.count).toBe(1);
	await admin.dialog.getByRole('button', { name: 'Hide' }).click();
	await expect(admin.dialog).toBeHidden();
	const tray = page.getByRole('region', { name: 'Download', exact: true });
	await expect(tray.getByRole('progressbar')).toBeVisible();

	let asked = false;
	page.once('dialog', (dialog) => {
		asked = dialog.type() === 'beforeunload';
		void dialog.dismiss();
	});
	await page.evaluate(() => location.reload()).catch(() => {});
	await expect.poll(() => asked).toBe(true);

	await tray.getByRole('button', { name: 'Details' }).click();
	await expect(admin.progressBar).toBeVisible();
	const download = page.waitForEvent('download');
	last.release();
	await admin.expectOutcome('6 of 6 members saved');
	expect((await admin.save(await download)).folders).toHaveLength(6);
});

test('the tab says how far it is, under the page’s strict policy, and is the page’s own again at the end', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 12, faults: [slowly] });
	await admin.expectCards(12);
	const own = await page.title();
	const icon = page.locator('link[rel="icon"]');
	const drawn = async () => {
		const href = await icon.evaluate((link: HTMLLinkElement) => link.href);
		return (await page.request.get(href)).headers()['content-type'];
	};
	await admin.startDownload();
	await expect(page).toHaveTitle(new RegExp(`^\\d+% · ${own}$`));
	await expect(icon).toHaveAttribute('href', /favicon\/eighths-\d\.svg$/);
	expect(await drawn()).toContain('image/svg+xml');
	await admin.dialog.getByRole('button', { name: 'Pause' }).click();
	await expect(icon).toHaveAttribute('href', /favicon\/paused\.svg$/);
	expect(await drawn()).toContain('image/svg+xml');
	admin.standIn.faults.clear();
	await admin.dialog.getByRole('button', { name: 'Resume' }).click();
	await admin.expectOutcome('12 of 12 members saved');
	await expect(page).toHaveTitle(own);
	await expect(icon).toHaveAttribute('href', /\/favicon\.svg$/);
});

test('paused, no photo is asked for; cancelled while paused, it is over; both are in the list of downloads', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 12, faults: [slowly] });
	const photos = () => photoRequests(admin.standIn).length;
	await admin.startDownload();
	await admin.dialog.getByRole('button', { name: 'Pause' }).click();
	await expect(admin.dialog.getByText('Paused', { exact: true })).toBeVisible();
	await expect.poll(() => admin.standIn.inFlight()).toBe(0);
	const before = photos();
	admin.standIn.faults.clear();
	await admin.dialog.getByRole('button', { name: 'Resume' }).click();
	await admin.expectOutcome('12 of 12 members saved');
	expect([before < photos(), photos()]).toEqual([true, 24]);
	await admin.dialog.getByRole('button', { name: 'Close' }).click();

	admin.standIn.faults.add(slowly);
	await admin.startDownload();
	await admin.dialog.getByRole('button', { name: 'Pause' }).click();
	await admin.cancelButton.click();
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	await admin.dialog.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('button', { name: 'Downloads', exact: true }).click();
	await expect(admin.dialog.getByRole('article')).toContainText([
		'Download cancelled. Nothing was saved.',
		'12 of 12 members saved',
	]);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Downloads', exact: true })).toBeFocused();
});

test('an admin who is elsewhere is told once it is done, by a message and the tab; both go when they are back', async ({
	openAdmin,
	page,
}) => {
	await page.context().grantPermissions(['notifications']);
	await page.addInitScript(() => {
		localStorage.setItem('headshot-admin:tell-when-done', 'yes');
		const told: string[] = [];
		class Told {
			static permission = 'granted';
			constructor(title: string, options: NotificationOptions) {
				told.push(`${title}: ${options.body}`);
			}
			close(): void {
				told.push('closed');
			}
		}
		Object.assign(window, { Notification: Told, told });
	});
	const turn = (state: DocumentVisibilityState) =>
		page.evaluate((state) => {
			Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
		}, state);
	const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
	const icon = page.locator('link[rel="icon"]');

	const admin = await openAdmin({ members: 3, bytesPerSecond: 60_000 });
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	expect(await told()).toEqual([]);
	await admin.dialog.getByRole('button', { name: 'Close' }).click();
	await admin.startDownload();
	await turn('hidden');
	await expect.poll(told).toEqual(['Download finished: 3 of 3 members saved']);
	await expect(icon).toHaveAttribute('href', /favicon\/done\.svg$/);
	await turn('visible');
	expect((await told()).at(-1)).toBe('closed');
	await expect(icon).toHaveAttribute('href', /\/favicon\.svg$/);
});

test('the archive can be saved once more, and is forgotten when the dialog closes', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	await admin.downloadFavorites();
	const [again] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Save again' }).click(),
	]);
	expect((await admin.save(again)).folders).toHaveLength(3);
	await admin.dialog.getByRole('button', { name: 'Close' }).click();
	await expect(admin.dialog).toBeHidden();
	await expect(page.getByRole('region', { name: 'Download', exact: true })).toBeHidden();
	await expect.poll(() => page.workers()).toHaveLength(0);
});

test('entries carry the local time of the download', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 2 });
	const before = Date.now();
	const archive = await admin.downloadFavorites();
	// As MS-DOS wrote it: local time, in the directory's line, 12 bytes on.
	const bytes = await readFile(archive.file);
	const at = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
	const [time, date] = [bytes.readUInt16LE(at + 12), bytes.readUInt16LE(at + 14)];
	const parts = [
		1980 + (date >> 9),
		((date >> 5) & 15) - 1,
		date & 31,
		time >> 11,
		(time >> 5) & 63,
		(time & 31) * 2,
	];
	const stamp = await page.evaluate(
		(local) => new Date(...(local as [number, number, number, number, number, number])).getTime(),
		parts,
	);
	expect(Math.abs(stamp - before)).toBeLessThan(60_000);
});

test('after a download, who was handed over whole can be marked, and what failed is fetched again alone', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const [lost] = favorites(admin.standIn);
	admin.standIn.faults.add({ kind: 'status', status: 404, shootId: lost!.id, file: 'pfp' });
	await admin.downloadFavorites();
	await admin.expectOutcome('4 of 5 members saved; 1 file failed');
	const [list] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Save as CSV' }).click(),
	]);
	expect(list.suggestedFilename()).toMatch(/^team-photos-\d{4}-\d\d-\d\d - failed\.csv$/);
	expect(await readFile(await list.path(), 'utf8')).toBe(
		'\uFEFF"Member","Email","File","Reason"\r\n' +
			`"${nameOf(admin.standIn, lost!)}","${lost!.email}","pfp.jpg","The photo host has no such photo (status 404)."\r\n`,
	);
	await admin.dialog.getByRole('button', { name: 'Mark these 4 as actioned' }).click();
	await expect(page.getByText('4 photo shoots marked as actioned')).toBeVisible();

	admin.standIn.faults.clear();
	const before = admin.standIn.log.filter(
		({ host, file }) => host === 'photo' && file !== 'thumbnail',
	).length;
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Retry failed' }).click(),
	]);
	await admin.expectOutcome('1 of 1 member saved');
	expect(download.suggestedFilename()).toMatch(/^team-photos-\d{4}-\d\d-\d\d \(2\)\.zip$/);
	expect((await admin.save(download)).paths).toEqual([`${folderOf(admin.standIn, lost!)}/pfp.jpg`]);
	const after = admin.standIn.log.filter(({ host, file }) => host === 'photo' && file !== 'thumbnail').length;
	expect(after - before).toBe(1);
	await admin.dialog.getByRole('button', { name: 'Mark this one as actioned' }).click();
	await admin.close();
	await expect(page.getByText('All done')).toBeVisible();
	await expect(page.getByRole('tab', { name: /^Actioned/ })).toContainText('5');
});
