import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { favorites } from './support/company.ts';
import { Deployment, endDeployments, kept, untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { findingsInEveryLook } from './support/looks.ts';

test.afterEach(endDeployments);

/** Opens the page and waits until it could do without the network, the first card's picture included. */
async function visit(place: Deployment) {
	const admin = await place.browse();
	await admin.open();
	await expect(admin.downloadButton).toBeEnabled();
	await untilKept(admin.page, favorites(place.standIn)[0]!.favoriteId!);
	return admin;
}

const badge = (page: Page) => page.getByText(/^Offline, as of \d\d:\d\d$/);

test('given one visit, when the network is cut and the browser is killed, then the page opens at once with everything to review', async () => {
	test.setTimeout(120_000);
	// Chromium writes cookies down only after half a minute: a kill would sign the admin out.
	const place = await Deployment.start({ auth: { kind: 'open' } });
	await visit(place);
	await place.cut();
	await place.kill();

	const admin = await place.browse();
	const { page } = admin;
	await page.context().setOffline(true);
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(error.message));
	const begin = performance.now();
	await admin.open();
	await admin.cards.first().waitFor();
	const firstCard = Math.round(performance.now() - begin);
	console.log(`offline, after a kill: the first card ${firstCard} ms after the address was entered`);
	expect(firstCard).toBeLessThan(5_000);
	await expect(badge(page)).toBeVisible();
	await admin.expectCards(51);
	// Its picture comes out of this browser.
	const picture = admin.cards.first().locator('img');
	await expect
		.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
		.toBeGreaterThan(50);
	expect(await findingsInEveryLook(page, 'offline')).toEqual([]);

	for (const [tab, heading] of [
		['Joined', 'In Progress'],
		['Invited', 'Pending Invites'],
		['Attention', 'Needs Attention'],
		['Deleted', 'Deleted photo shoots'],
	]) {
		await page.getByRole('tab', { name: tab! }).click();
		await expect(page.getByRole('heading', { name: heading! })).toBeVisible();
	}
	await page.getByRole('tab', { name: 'All' }).click();

	// What needs the network is off, and says why.
	await expect(admin.downloadButton).toHaveAttribute('aria-disabled', 'true');
	await expect(admin.downloadButton).toHaveAccessibleDescription('Downloads need the network');
	await admin.cards
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	for (const item of ['Download PFP', 'Download headshot', 'Send access link']) {
		await expect(page.getByRole('menuitem', { name: item })).toHaveAttribute('aria-disabled', 'true');
		await expect(page.getByRole('menuitem', { name: item })).toContainText('You are offline');
	}
	await page.keyboard.press('Escape');

	// Twenty marks, an undo and a note.
	await admin.cards.getByRole('checkbox').first().click();
	await admin.cards
		.getByRole('checkbox')
		.nth(19)
		.click({ modifiers: ['Shift'] });
	const bar = page.getByRole('group', { name: 'Selected members' });
	await expect(bar.getByRole('button', { name: 'Send access link' })).toHaveAttribute(
		'aria-disabled',
		'true',
	);
	await bar.getByRole('button', { name: 'Mark as actioned' }).click();
	await expect(page.getByText('20 photo shoots marked as actioned')).toBeVisible();
	await admin.expectCards(31);
	await page.getByRole('tab', { name: 'Actioned' }).click();
	const rows = admin.actioned.getByRole('listitem');
	await expect(rows.first()).toHaveAttribute('aria-setsize', '20');
	await rows.first().getByRole('button', { name: 'Undo' }).click();
	await expect(rows.first()).toHaveAttribute('aria-setsize', '19');
	await rows.first().getByRole('button', { name: 'Add note' }).click();
	await page.getByRole('textbox').last().fill('To the intranet team');
	await page.keyboard.press('Enter');
	await expect(admin.actioned.getByText('To the intranet team')).toBeVisible();

	// Search, order, backup and CSV.
	await page.getByRole('tab', { name: 'Finished' }).click();
	const [one] = place.standIn.company.shoots
		.filter(({ status, email, isDevelopment }) => status === 'active' && email && !isDevelopment)
		.slice(-1);
	await admin.search(one!.email!);
	await expect(admin.cards.first()).toContainText(one!.email!);
	await admin.search('');
	await page.getByLabel('Sort').selectOption({ label: 'Sort: Name A–Z' });
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	const csv = await exported;
	expect(csv.suggestedFilename()).toMatch(/^members-\d{4}-\d\d-\d\d\.csv$/);
	expect(await readFile(await csv.path(), 'utf8')).toContain(one!.email!);
	await admin.actioned.getByRole('button', { name: /^Backup/ }).click();
	const backup = page.waitForEvent('download');
	await admin.dialog.getByRole('button', { name: 'Download backup' }).click();
	await backup;
	await page.keyboard.press('Escape');

	// A member's page: the small picture, and why there is no more.
	await admin.cards
		.first()
		.getByRole('link', { name: /^View Results/ })
		.click();
	await expect(page.getByText('Photos need the network')).toBeVisible();
	await expect(badge(page)).toBeVisible();
	expect(await findingsInEveryLook(page, 'a member, offline')).toEqual([]);
	await page.goBack();

	// Back online: up to date by itself, in the same place, and nothing is lost.
	await page.getByRole('tab', { name: 'All' }).click();
	await page.getByRole('main').evaluate((main) => main.scrollTo({ top: 700 }));
	const inSight = () =>
		page.evaluate(() => {
			const cards = [...document.querySelectorAll<HTMLElement>('[data-key]')];
			const card = cards.find((one) => one.getBoundingClientRect().bottom > 300);
			return `${card?.dataset.key} at ${Math.round(card?.getBoundingClientRect().top ?? 0)}`;
		});
	await expect.poll(inSight).not.toContain('undefined');
	const before = await inSight();
	await place.restore(page);
	await expect(badge(page)).toBeHidden();
	await expect(admin.downloadButton).toBeEnabled();
	await expect.poll(inSight).toBe(before);
	await admin.expectCards(32);
	await page.reload();
	await admin.expectCards(32);
	expect(complaints).toEqual([]);
});

test('given another organization that signs in, then nobody of the first one is shown, with and without a network', async () => {
	test.setTimeout(120_000);
	const place = await Deployment.start({ members: 8, plain: true });
	const { page } = await visit(place);
	const first = place.standIn.company.shoots.map(({ email }) => email!);
	const name = place.standIn.company.organization.name;
	// Whatever is ever on the screen.
	await page.addInitScript(() => {
		const seen: string[] = [];
		Object.assign(globalThis, { seen });
		new MutationObserver(() => seen.push(document.body?.innerText ?? '')).observe(document, {
			subtree: true,
			childList: true,
			characterData: true,
		});
	});
	const seen = () => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.join('\n'));
	await place.signInAs({
		members: 8,
		plain: true,
		seed: 2,
		latencyMs: 500,
		edit({ organization, shoots, members }) {
			Object.assign(organization, { uid: 'another', name: 'Another Company' });
			for (const one of [...shoots, ...members]) one.email = `other.${one.email}`;
		},
	});
	await page.reload();
	await expect(page.getByText('Another Company')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Download Favorites' })).toBeEnabled();
	const online = await seen();
	expect(online).not.toContain(name);
	for (const email of first) expect(online).not.toMatch(new RegExp(`(^|[^.])${email}`));
	await expect.poll(() => page.evaluate(keptOrganizations)).toContain('another');

	await place.cut(page);
	await page.reload();
	await expect(badge(page)).toBeVisible();
	await expect(page.getByText('Another Company')).toBeVisible();
	expect(await seen()).not.toContain(name);

	// Signed out: from then on nobody is shown, not even without a network.
	await place.restore(page);
	await expect(badge(page)).toBeHidden();
	place.standIn.signOut();
	await page.reload();
	await expect(page.getByText('You are signed out')).toBeVisible();
	await expect(page.getByText('Another Company')).toBeHidden();
	await place.cut(page);
	await page.reload();
	await expect(page.getByText('Waiting for the network')).toBeVisible();
	expect(await seen()).not.toContain('Another Company');
});

test('given a snapshot that is too old, of another version or damaged, then it is as if there were none', async () => {
	test.setTimeout(120_000);
	const place = await Deployment.start({ members: 4, plain: true });
	const admin = await visit(place);
	const { page } = admin;
	const spoilings: Partial<Kept>[] = [
		{ savedAt: Date.now() - 31 * 24 * 3600_000 },
		{ version: 99 },
		{ version: 1 },
		{ roster: { shoots: 'none' } },
	];
	for (const spoiling of spoilings) {
		await page.evaluate(changeSnapshot, spoiling);
		await place.cut(page);
		await page.reload();
		await expect(page.getByText('Waiting for the network')).toBeVisible();
		await expect(admin.cards).toHaveCount(0);
		await place.restore(page);
		await admin.expectCards(4);
		await untilKept(page);
		await expect
			.poll(() => page.evaluate(changeSnapshot, {}))
			.toMatchObject({ version: 2, roster: { shoots: expect.any(Array) } });
	}
});

test('given that keeping the members is switched off, then they are gone, and stay away', async () => {
	test.setTimeout(120_000);
	const place = await Deployment.start({ members: 4, plain: true });
	const admin = await visit(place);
	const { page } = admin;
	await page.getByRole('button', { name: 'Privacy' }).click();
	await expect(admin.dialog.getByText(/^Kept as of \d\d:\d\d, with 4 small pictures/)).toBeVisible();
	await admin.dialog.getByRole('checkbox', { name: 'Keep it in this browser' }).uncheck();
	await expect(admin.dialog.getByText('Nothing is kept just now.')).toBeVisible();
	await expect.poll(() => kept(page)).toEqual({ shell: 'activated', members: false, thumbnails: [] });
	await admin.dialog.getByRole('button', { name: 'Close' }).click();
	await page.reload();
	await expect(admin.downloadButton).toBeEnabled();
	await place.cut(page);
	await page.reload();
	await expect(page.getByText('Waiting for the network')).toBeVisible();
	await expect(admin.cards).toHaveCount(0);
	expect(await kept(page)).toEqual({ shell: 'activated', members: false, thumbnails: [] });
});

interface Kept {
	organization: string;
	savedAt: number;
	version: number;
	roster: unknown;
}

/** In the page: of which organizations there are members to show without a network. */
function keptOrganizations(): Promise<string[]> {
	return new Promise((resolve) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onsuccess = () => {
			const reading = opening.result.transaction('snapshots').objectStore('snapshots').getAll();
			reading.onsuccess = () => {
				opening.result.close();
				resolve((reading.result as Kept[]).map(({ organization }) => organization));
			};
		};
	});
}

/** In the page: changes what is kept of the members. @returns what it was */
function changeSnapshot(change: Partial<Kept>): Promise<Kept> {
	return new Promise((resolve) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onsuccess = () => {
			const writing = opening.result.transaction('snapshots', 'readwrite');
			const snapshots = writing.objectStore('snapshots');
			const reading = snapshots.getAll();
			reading.onsuccess = () => {
				const record = reading.result[0] as Kept;
				snapshots.put({ ...record, ...change });
				writing.oncomplete = () => {
					opening.result.close();
					resolve(record);
				};
			};
		};
	});
}
