import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { random } from '../backend/random.ts';
import { openArchive } from './support/archive.ts';
import { favorites } from './support/company.ts';
import { expectContents } from './support/contents.ts';
import { Deployment, endDeployments } from './support/deployment.ts';
import { expect, test, type Admin, type Setup } from './support/fixtures.ts';
import { journaled } from './support/journal.ts';
import { countPhotos } from './support/requests.ts';
import { unpackers } from '../unpackers/unpackers.ts';

test.afterEach(endDeployments);

/** Into a file from 200 kB on, and flushed often: what large downloads do, with small ones. */
const spooled = { memoryBytes: 200_000, flushBytes: 150_000 };
/** A company whose download goes there; until its faults are cleared, slowly enough for something to happen meanwhile. */
const intoFile: Setup = {
	plain: true,
	limits: spooled,
	faults: [{ kind: 'slow', bytesPerSecond: 150_000 }],
};

/** The download has come further than so many percent. */
async function untilPast(admin: Admin, percent: number): Promise<void> {
	await expect.poll(() => admin.progress(), { timeout: 60_000 }).toBeGreaterThan(percent);
}

test('an archive too large for memory goes into a file, and is right for every unpacker', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 30, plain: true, limits: spooled });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('30 of 30 members saved');
	await expectContents(archive, admin.standIn);
	for (const { name, list } of unpackers) expect(await list(archive.file), name).toEqual(archive.paths);
});

test('given a download into a file, when it is cancelled, then it can be continued or discarded', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 40, ...intoFile });
	await admin.startDownload();
	await untilPast(admin, 30);
	await admin.cancelButton.click();
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	await admin.close();
	const notice = page.getByText(/of 40 members\s+are here already/);
	await expect(notice).toBeVisible();
	const before = countPhotos(admin.standIn);
	admin.standIn.faults.clear();
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: 60_000 }),
		page.getByRole('button', { name: 'Continue', exact: true }).click(),
	]);
	await admin.expectOutcome('40 of 40 members saved');
	await expectContents(await admin.save(download), admin.standIn);
	// What was on the disk was not asked for again; what was under way had to be.
	expect(before.size).toBeGreaterThan(20);
	const again = [...countPhotos(admin.standIn)].filter(([, count]) => count > 1);
	expect(again.length).toBeLessThan(30);
	await admin.close();
	await expect(notice).toHaveCount(0);
});

test('given a download into a file, when its worker dies, then Try again goes on with it', async ({
	openAdmin,
	page,
	complaints,
}) => {
	const admin = await openAdmin({ members: 40, ...intoFile });
	await admin.startDownload();
	await untilPast(admin, 30);
	const die = () =>
		setTimeout(() => {
			throw new Error('Out of luck');
		});
	void page
		.workers()[0]!
		.evaluate(die)
		.catch(() => {});
	await admin.expectOutcome('The download stopped. Nothing was saved.');
	complaints.splice(0);
	const safe = await page.evaluate(journaled);
	expect(safe.length).toBeGreaterThan(10);
	const before = countPhotos(admin.standIn);
	admin.standIn.faults.clear();
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: 60_000 }),
		admin.dialog.getByRole('button', { name: 'Try again' }).click(),
	]);
	await admin.expectOutcome('40 of 40 members saved');
	await expectContents(await admin.save(download), admin.standIn);
	const after = countPhotos(admin.standIn);
	expect(safe.filter((key) => after.get(key) !== before.get(key))).toEqual([]);
});

test('a discarded download leaves nothing behind', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 40, ...intoFile });
	await admin.startDownload();
	await untilPast(admin, 30);
	await page.reload({ waitUntil: 'commit' }).catch(() => {});
	await page.getByRole('button', { name: 'Discard' }).click();
	await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(0);
	await expect.poll(() => page.evaluate(spools)).toEqual([]);
	await page.reload();
	await admin.expectCards(40);
	await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(0);
});

test('given a download that is cancelled, then its dialog says what is here of it, goes on with it, or forgets it', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 40, ...intoFile });
	await admin.startDownload();
	const cancelLate = async () => {
		await untilPast(admin, 30);
		await admin.cancelButton.click();
		await expect(admin.dialog.getByText(/of 40 members are here already/)).toBeVisible();
	};
	await cancelLate();
	const safe = await page.evaluate(journaled);
	await admin.dialog.getByRole('button', { name: 'Continue' }).click();
	await cancelLate();
	expect(await page.evaluate(journaled)).toEqual(expect.arrayContaining(safe));
	await admin.dialog.getByRole('button', { name: 'Discard' }).click();
	await expect(admin.dialog.getByText(/here already/)).toBeHidden();
	await expect.poll(() => page.evaluate(spools)).toEqual([]);
	await admin.close();
	await expect(page.getByRole('button', { name: 'Continue', exact: true })).toHaveCount(0);
});

test('given a favorite that was changed in between, when the download goes on, then the new one is in the archive', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 30, ...intoFile });
	await admin.startDownload();
	await untilPast(admin, 40);
	await admin.cancelButton.click();
	await admin.close();
	const [, , third] = favorites(admin.standIn);
	const photos = admin.standIn.company.photosOf(third!.id);
	admin.standIn.company.choose(
		third!.id,
		photos.findIndex(({ id }) => id !== third!.favoriteId),
	);
	admin.standIn.faults.clear();
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: 60_000 }),
		page.getByRole('button', { name: 'Continue', exact: true }).click(),
	]);
	await admin.expectOutcome('30 of 30 members saved');
	await expectContents(await admin.save(download), admin.standIn);
});

const kills = Number(process.env.KILLS ?? 2);
const members = Number(process.env.MEMBERS ?? 60);
const seed = Number(process.env.SEED ?? 1);

test('given a browser that is killed at any moment, when the download goes on, then nothing that was safe is fetched again', async () => {
	test.setTimeout(120_000 + kills * 60_000 + members * 300);
	const luck = random(seed);
	const place = await Deployment.start(
		{ members, plain: true, headshotBytes: 60_000, rateLimit: { perMinute: 1e6 }, latencyMs: 20 },
		{ ...spooled, stallMs: 20_000 },
	);
	const { standIn } = place;
	const downloads = test.info().outputPath('saved');
	/** Photos that were on the disk when a browser was started anew. */
	let kept = 0;
	let wasted = 0;
	/** Before the job had ended. */
	let killed = 0;
	for (let round = 0; round <= kills; round++) {
		const admin = await place.browse();
		const { page } = admin;
		page.setDefaultTimeout(60_000);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
		await admin.open();
		await expect(admin.downloadButton).toBeEnabled({ timeout: 60_000 });
		const safe = await page.evaluate(journaled);
		kept += safe.length;
		const before = countPhotos(standIn);
		const goOn = page.getByRole('button', { name: 'Continue', exact: true });
		if (safe.length > 0) await goOn.click();
		else await admin.downloadButton.click();
		const outcome = admin.dialog.getByText(/members saved/);
		if (round < kills) {
			// Once there is something to lose, and so that most kills come before the end, however many there are.
			const most = Math.ceil((2 * members * (round + 1)) / (kills + 2));
			const enough = luck.between(Math.min(safe.length + 1, most), most);
			const isTime = async () =>
				(await page.evaluate(journaled)).length >= enough || (await outcome.isVisible());
			await expect.poll(isTime, { timeout: 30_000 + members * 200, intervals: [20] }).toBe(true);
			if (await outcome.isVisible()) round = kills - 1;
			else killed++;
		} else {
			const all = members.toLocaleString('en-US');
			await expect(outcome).toHaveText(`${all} of ${all} members saved`, {
				timeout: 30_000 + members * 200,
			});
			await expect
				.poll(async () => (await readdir(downloads)).filter((name) => name.endsWith('.zip')).length)
				.toBeGreaterThan(0);
		}
		await place.kill();
		const after = countPhotos(standIn);
		wasted += safe.filter((key) => (after.get(key) ?? 0) > (before.get(key) ?? 0)).length;
	}
	const saved = (await readdir(downloads)).filter((name) => name.endsWith('.zip')).sort();
	await expectContents(await openArchive(join(downloads, saved.at(-1)!)), standIn);
	console.log(
		`${killed} kills, ${members} members, ${kept} photos kept, ${wasted} of them fetched again (seed ${seed})`,
	);
	expect(killed).toBeGreaterThan(0);
	expect(kept).toBeGreaterThan(0);
	expect(wasted).toBe(0);
});

/** Runs in the page: the names of the files that archives are in. */
async function spools(): Promise<string[]> {
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
	const names: string[] = [];
	for await (const name of folder.keys()) names.push(name);
	return names;
}
