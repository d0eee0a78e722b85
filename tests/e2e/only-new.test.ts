import { favorites, folderOf } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';

/** More of them by `MEMBERS=1000 CHANGED=37 npm run test:e2e -- only-new`. */
const members = Number(process.env.MEMBERS ?? 120);
const changed = Number(process.env.CHANGED ?? 7);

test('given a company that was downloaded, when some chose another favorite, then only those are fetched', async ({
	openAdmin,
	page,
}) => {
	test.setTimeout(120_000 + members * 200);
	const admin = await openAdmin({ members, headshotBytes: 20_000, rateLimit: { perMinute: 1e6 } });
	const { company, log } = admin.standIn;
	await admin.expectCards(members);
	await page.getByRole('button', { name: 'More ways to download' }).click();
	await expect(page.getByRole('menuitem')).toHaveText(['Options…']);
	await page.keyboard.press('Escape');
	const saved = page.waitForEvent('download', { timeout: 300_000 });
	await admin.startDownload();
	// Of a thousand 3 GB are expected, and a private window has less room; these photos are small.
	const insist = admin.dialog.getByRole('button', { name: 'Try all at once' });
	const line = `${members.toLocaleString('en-US')} of ${members.toLocaleString('en-US')} members saved`;
	await expect(insist.or(admin.dialog.getByText(line))).toBeVisible({ timeout: 300_000 });
	if (await insist.isVisible()) await insist.click();
	await saved;
	await admin.expectOutcome(line);
	await admin.close();

	const all = favorites(admin.standIn);
	const some = all.filter((_, n) => n % Math.floor(members / changed) === 0).slice(0, changed);
	for (const shoot of some) {
		const photos = company.photosOf(shoot.id);
		company.choose(
			shoot.id,
			photos.findIndex(({ id }) => id !== shoot.favoriteId),
		);
	}
	await page.reload();
	await admin.expectCards(members);
	await page.getByRole('button', { name: 'More ways to download' }).click();
	const before = log.length;
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: new RegExp(`^Only ${changed} new or changed since `) }).click(),
	]);
	await admin.expectOutcome(`${changed} of ${changed} members saved`);
	const archive = await admin.save(download);
	expect(archive.folders).toEqual(some.map((shoot) => folderOf(admin.standIn, shoot)).sort());
	const asked = log.slice(before).filter(({ host, file }) => host === 'photo' && file !== 'thumbnail');
	expect(asked.map(({ shootId, file }) => `${shootId} ${file}`).sort()).toEqual(
		some.flatMap(({ id }) => [`${id} headshot`, `${id} pfp`]).sort(),
	);
	await admin.close();

	await page.getByRole('button', { name: 'More ways to download' }).click();
	const onlyNew = page.getByRole('menuitem', { name: /^Only new or changed/ });
	await expect(onlyNew).toHaveAttribute('aria-disabled', 'true');
	await expect(onlyNew).toHaveText(/^\s*Only new or changed\s*None since /);
});
