/** Who is actioned is this browser's own business: nobody else is asked, or told, or can read it in an address. */
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import type { Marker } from '../../src/lib/actioned/marker.ts';
import { readFiles } from '../../src/gateway/static-files.ts';
import { projectDir } from './support/build.ts';
import { favorites, nameOf } from './support/company.ts';
import { expect, test, type Admin } from './support/fixtures.ts';
import { hear } from './support/heard.ts';

const SEARCH = 'quokka';
const LAST_WORD = '/app/admin/favicon.svg?last-word';
const NOTE = 'By post to Wombat Street';

/** Does what is an admin's own, and counts what the API was asked meanwhile. */
class Bystander {
	#known = 0;
	constructor(readonly admin: Admin) {}

	#asked(): string[] {
		return this.admin.standIn.log
			.filter(({ host }) => host === 'api')
			.map(({ method, path }) => `${method} ${path}`);
	}

	/** What the page does of itself is over by then. */
	async reads(act: () => Promise<unknown>): Promise<void> {
		await act();
		this.#known = this.#asked().length;
	}

	/** Nothing was asked since the last act that reads. */
	async asksNobody(what: string, act: () => Promise<unknown>): Promise<void> {
		await act();
		expect(this.#asked().slice(this.#known), what).toEqual([]);
	}
}

test('marks, undos, notes, searches, backups and exports ask nobody, tell nobody, and are in no address', async ({
	openAdmin,
	page,
}) => {
	const heard = hear();
	const admin = await openAdmin({ members: 8 });
	const bystander = new Bystander(admin);
	const { company } = admin.standIn;
	const button = (name: string | RegExp, within: Locator = page.locator('body')) =>
		within.getByRole('button', { name, exact: true });
	// By its words: a card is gone before the message is there, and another's may still be.
	const undoByMessage = (words: string) =>
		button('Undo', page.getByRole('status').locator('.toast', { hasText: words })).click();
	const row = (email: string) => admin.actioned.getByRole('listitem').filter({ hasText: email });
	const [first, second, third] = favorites(admin.standIn);

	await bystander.reads(async () => {
		await expect(button('Export')).toBeEnabled();
		await admin.downloadFavorites();
	});
	await bystander.asksNobody('a mark after a download, and its Undo', async () => {
		await admin.dialog.getByRole('button', { name: /^Mark these/ }).click();
		await expect(button('Marked as actioned', admin.dialog)).toBeVisible();
		await admin.close();
		await admin.expectCards(0);
		await undoByMessage('8 photo shoots marked as actioned');
		await admin.expectCards(8);
	});

	await bystander.reads(async () => {
		await admin.viewFirstResults();
		await expect(page.getByRole('button', { name: /^Open headshot 1 of \d+$/ })).toBeVisible();
	});
	await bystander.asksNobody('a mark in a gallery, and an Undo there', async () => {
		for (const line of ['Mark as actioned', 'Undo actioned', 'Mark as actioned']) {
			await page.getByRole('button', { name: /^Actions for/ }).click();
			await page.getByRole('menuitem', { name: line, exact: true }).click();
		}
		await page.goBack();
		await admin.expectCards(7);
		await button(/^Actioned/, admin.actioned).click();
		await row(first!.email!).getByRole('button', { name: 'Undo' }).click();
		await admin.expectCards(8);
	});

	await bystander.asksNobody('marks of one, of a range and of all, and their Undo', async () => {
		await admin.act(second!.email!, 'Mark as actioned');
		await admin.search('');
		await admin.expectCards(7);
		await undoByMessage(`${nameOf(admin.standIn, second!)} marked as actioned`);
		await admin.expectCards(8);
		await admin.cards.nth(0).getByRole('checkbox').click();
		await admin.cards
			.nth(2)
			.getByRole('checkbox')
			.click({ modifiers: ['Shift'] });
		await button('Mark as actioned').click();
		await admin.expectCards(5);
		await button('Select all').click();
		await button('Mark as actioned').click();
		await admin.expectCards(0);
		await undoByMessage('5 photo shoots marked as actioned');
		await admin.expectCards(5);
	});

	await bystander.asksNobody('a note, and its removal', async () => {
		const write = async (note: string) => {
			await row(first!.email!)
				.getByRole('button', { name: /^(Add|Edit) note$/ })
				.click();
			await row(first!.email!).getByRole('textbox').fill(note);
			await row(first!.email!).getByRole('textbox').press('Enter');
		};
		await write(NOTE);
		await expect(row(first!.email!).getByText(NOTE)).toBeVisible();
		await write('');
		await expect(row(first!.email!).getByText(NOTE)).toHaveCount(0);
		await write(NOTE);
		await expect(row(first!.email!).getByText(NOTE)).toBeVisible();
	});

	await bystander.reads(async () => {
		for (const { id, favoriteId } of [first!, second!, third!])
			company.choose(
				id,
				company.photosOf(id).findIndex((photo) => photo.id !== favoriteId),
			);
		await page.reload();
		await expect(button('Export')).toBeEnabled();
		await admin.expectCards(5);
	});
	await bystander.asksNobody('Back to Finished, and an Undo of several', async () => {
		await button(/^Actioned/, admin.actioned).click();
		await row(third!.email!).getByRole('button', { name: 'Back to Finished' }).click();
		await admin.expectCards(6);
		await page.getByRole('tab', { name: 'Attention' }).click();
		await button('Changed since actioned 2').click();
		await page
			.getByRole('checkbox', { name: /^Select / })
			.nth(0)
			.click();
		await page
			.getByRole('checkbox', { name: /^Select / })
			.nth(1)
			.click();
		await button('Undo actioned').click();
		await page.getByRole('tab', { name: 'All' }).click();
		await admin.expectCards(8);
		await undoByMessage('2 photo shoots back in Finished');
		await admin.expectCards(6);
	});

	await bystander.asksNobody('a backup, and its restoring', async () => {
		await button(/^Backup/, admin.actioned).click();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			button('Download backup', admin.dialog).click(),
		]);
		const backup = JSON.parse(await readFile(await download.path(), 'utf8')) as { markers: Marker[] };
		for (const marker of backup.markers) Object.assign(marker, { at: marker.at + 1_000 });
		const buffer = Buffer.from(JSON.stringify(backup));
		const file = { name: 'backup.json', mimeType: 'application/json', buffer };
		await admin.dialog.getByLabel('Backup file').setInputFiles(file);
		await button('Restore', admin.dialog).click();
		await expect(admin.dialog.getByText(/^Restored: /)).toBeVisible();
		await button('Close', admin.dialog).click();
	});

	await bystander.asksNobody('a search, and an export', async () => {
		await page.getByRole('searchbox').pressSequentially(SEARCH);
		await expect(page.getByText('Nobody here by that name').first()).toBeVisible();
		await Promise.all([page.waitForEvent('download'), button('Export').click()]);
		await admin.search('');
		await admin.expectCards(6);
	});

	// What a page says while it goes is there before what it says last.
	await bystander.asksNobody('a page that is left', async () => {
		await page.evaluate(
			(address) => addEventListener('pagehide', () => navigator.sendBeacon(address)),
			LAST_WORD,
		);
		await page.goto('about:blank');
		await expect.poll(() => heard.requests.map(({ address }) => address)).toContain(LAST_WORD);
	});
	heard.stop();

	const photoPort = Number(new URL(admin.standIn.photoOrigin).port);
	const told = heard.requests.filter(
		({ address, port }) => port !== photoPort && !address.startsWith('/api/v2/'),
	);
	const files = await readFiles(`${projectDir}build`);
	const pages = /^\/app\/admin\/(headshots|members\/\w+\?tab=headshots)$/;
	const isServed = (address: string) => pages.test(address) || files.has(address.replace('/app/admin/', ''));
	expect(told.filter(({ address, method }) => method !== 'GET' || !isServed(address))).toMatchObject([
		{ method: 'POST', address: LAST_WORD },
	]);
	for (const { address, referrer } of heard.requests)
		expect(decodeURIComponent(`${address} ${referrer}`)).not.toMatch(new RegExp(`${SEARCH}|wombat`, 'i'));
	expect(heard.requests.length).toBeGreaterThan(30);
});
