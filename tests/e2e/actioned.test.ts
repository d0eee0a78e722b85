import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { AdminPage } from './support/admin-page.ts';
import { favorites } from './support/company.ts';
import { expect, test, type Admin } from './support/fixtures.ts';
import { markersOf } from './support/markers.ts';

const emails = (admin: Admin) => favorites(admin.standIn).map((shoot) => shoot.email!);

async function expandActioned(admin: AdminPage): Promise<void> {
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
}

/** The mark is saved: it is out of sight before. */
async function untilMarked(page: Page): Promise<void> {
	await expect(page.getByText(/ marked as actioned$/)).toBeVisible();
}

test('given a favorite that was handed over, when the member chooses another, then the row says so, and leads back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const [shoot] = favorites(admin.standIn);
	await admin.act(shoot!.email!, 'Mark as actioned');
	await untilMarked(page);
	await admin.search('');
	await admin.expectCards(2);
	const photos = admin.standIn.company.photosOf(shoot!.id);
	admin.standIn.company.choose(
		shoot!.id,
		photos.findIndex(({ id }) => id !== shoot!.favoriteId),
	);
	await page.reload();
	await page.getByRole('tab', { name: /Attention/ }).click();
	await expect(page.getByRole('button', { name: 'Changed since actioned 1' })).toBeVisible();
	await page.getByRole('tab', { name: /All/ }).click();
	await expandActioned(admin);
	const row = admin.actioned.getByRole('listitem');
	await expect(row).toContainText(/another favorite/i);
	await row.getByRole('button', { name: /Back to Finished/ }).click();
	await admin.expectCards(3);
});

test('given an actioned member, when another shoot is finished, then it is new work', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const { company } = admin.standIn;
	const [shoot] = favorites(admin.standIn);
	await admin.act(shoot!.email!, 'Mark as actioned');
	await untilMarked(page);
	await admin.search('');
	await admin.expectCards(2);
	company.shoots.push({
		...shoot!,
		id: `${shoot!.id}2`,
		finishedAt: new Date().toISOString(),
		favoriteId: null,
	});
	await page.reload();
	await admin.expectCards(3);
	await expect(admin.cards.filter({ hasText: shoot!.email! })).toHaveCount(1);
	await expect(page.getByRole('tab', { name: /^Actioned/ })).toContainText('1');
});

test('given a backup, when the database and its second copy are deleted, then the loss is told, and the restored markers are equal', async ({
	openAdmin,
	page,
}, info) => {
	const admin = await openAdmin({ members: 8 });
	await admin.expectCards(8);
	await page.getByRole('button', { name: 'Select all' }).click();
	await admin.cards.nth(2).getByRole('checkbox').click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await admin.expectCards(1);
	await expandActioned(admin);
	const rows = admin.actioned.getByRole('listitem');
	await rows.first().getByRole('button', { name: 'Add note' }).click();
	await page.keyboard.type('Sent by post');
	await page.keyboard.press('Enter');
	await rows.last().getByRole('button', { name: /^Undo/ }).click();
	await admin.expectCards(2);
	await expect(rows.first()).toContainText('Sent by post');
	const before = await markersOf(page);
	expect(before.map(({ state, note }) => `${state} ${note}`).sort()).toEqual([
		...Array.from({ length: 5 }, () => 'actioned '),
		'actioned Sent by post',
		'undone ',
	]);

	await admin.actioned.getByRole('button', { name: /Backup/ }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: /Download backup/ }).click(),
	]);
	const file = info.outputPath(download.suggestedFilename());
	await download.saveAs(file);
	expect(download.suggestedFilename()).toMatch(/^actioned-\d{4}-\d\d-\d\d\.json$/);

	await page.goto(`${admin.origin}/app/admin/favicon.svg`);
	await page.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const deleting = indexedDB.deleteDatabase('headshot-admin');
				deleting.onsuccess = resolve;
				deleting.onerror = () => reject(deleting.error);
			}),
	);
	await page.evaluate(() => navigator.storageBuckets!.delete('headshot-admin-copy'));
	await admin.open();
	await admin.expectCards(8);
	const loss = page.getByText('This browser has lost markers: 6 were kept, 0 found');
	await expect(loss).toBeVisible();
	await page.getByRole('button', { name: 'Restore from backup' }).click();

	// A file that is none changes nothing, and says why.
	const chooser = admin.dialog.locator('input[type="file"]');
	const damaged = info.outputPath('damaged.json');
	await writeFile(damaged, (await readFile(file, 'utf8')).slice(0, 100));
	await chooser.setInputFiles(damaged);
	await expect(admin.dialog.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
	expect(await markersOf(page)).toEqual([]);

	// The same file again, mended. The browser's own choosing: a tool's would tell of a change that is none.
	await writeFile(damaged, await readFile(file));
	const asked = page.waitForEvent('filechooser');
	await chooser.click();
	await asked;
	const session = await page.context().newCDPSession(page);
	const { result } = await session.send('Runtime.evaluate', {
		expression: 'document.querySelector("[type=file]")',
	});
	await session.send('DOM.setFileInputFiles', { files: [damaged], objectId: result.objectId! });
	await expect(admin.dialog.getByText(/6 will be added, 1 stays as it is/)).toBeVisible();
	await admin.dialog.getByRole('button', { name: /^Restore/ }).click();
	await expect.poll(() => markersOf(page)).toEqual(before);
	await page.keyboard.press('Escape');
	await admin.expectCards(2);
	await expect(loss).toBeHidden();
	await expandActioned(admin);
	await expect(rows.filter({ hasText: 'Sent by post' })).toHaveCount(1);
});

test('given two organizations in one browser, then their markers never mix', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3 });
	const { organization } = admin.standIn.company;
	const [email] = emails(admin);
	await admin.act(email!, 'Mark as actioned');
	await untilMarked(page);
	await admin.search('');
	await admin.expectCards(2);
	const first = organization.uid;
	organization.uid = 'another';
	await page.reload();
	await admin.expectCards(3);
	await expect(admin.actioned).toHaveCount(0);
	organization.uid = first;
	await page.reload();
	await admin.expectCards(2);
});

test('given another organization that signs in while the page is open, then nothing of the first one goes on, or stays in sight', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3, faults: [{ kind: 'stall', file: 'pfp' }] });
	const { organization } = admin.standIn.company;
	const [email, other] = emails(admin);
	await page.getByRole('button', { name: 'Export' }).click();
	await expect(page.getByText(/members-\d{4}-\d\d-\d\d\.csv/)).toBeVisible();
	await admin.act(email!, 'Mark as actioned');
	await expect(page.getByText(/marked as actioned$/)).toBeVisible();
	await admin.act(other!, 'Download PFP');
	await expect.poll(() => admin.standIn.inFlight()).toBe(1);

	Object.assign(organization, { uid: 'another', name: 'Another Company' });
	// What the browser says of its network makes the page ask anew; so do a few minutes.
	await page.evaluate(() => void dispatchEvent(new Event('offline')));
	await expect(page.getByText('Another Company')).toBeVisible();
	await expect(page.getByText(/marked as actioned$/)).toBeHidden();
	await expect(page.getByText(/members-\d{4}-\d\d-\d\d\.csv/)).toBeHidden();
	await expect.poll(() => admin.standIn.inFlight()).toBe(0);
});

test('given a browser that refuses storage, then marking is off and says why, and the rest works', async ({
	openAdmin,
	page,
}) => {
	await page.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('refused', 'SecurityError');
		};
	});
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	await expect(page.getByText(/does not let the page keep anything/).first()).toBeVisible();
	await admin.cards
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	await expect(page.getByRole('menuitem', { name: /Mark as actioned/ })).toHaveAttribute(
		'aria-disabled',
		'true',
	);
	await page.keyboard.press('Escape');
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
});
