import type { Page } from '@playwright/test';
import { Deployment, endDeployments, untilKept } from '../support/deployment.ts';
import { expect, test } from '../support/fixtures.ts';
import { Keyboard } from '../support/keyboard.ts';
import { expectVersion, nextBuild } from '../support/next-build.ts';

test.afterEach(endDeployments);

/** The card or line that has the focus, by its place among all; 0 when none has it. */
const place = (page: Page) =>
	page.evaluate(() =>
		Number(document.activeElement?.closest('[aria-posinset]')?.getAttribute('aria-posinset') ?? 0),
	);

test('by keyboard alone: mark, undo and export; the focus goes to the next card', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(6);
	await keyboard.goTo(/^Actions for/);
	const marked = await keyboard.focused();
	await keyboard.openMenu();
	await page.keyboard.press('m');
	await keyboard.expectFocus(/^Mark as actioned$/);
	await page.keyboard.press('Enter');
	await admin.expectCards(5);
	await keyboard.expectFocus(/^Actions for/);
	expect(await keyboard.focused()).not.toBe(marked);

	await keyboard.press(/^Actioned/);
	await keyboard.press(/^Undo/);
	await admin.expectCards(6);
	await page.keyboard.press('/');
	const exported = page.waitForEvent('download');
	await keyboard.press(/^Export$/, 'Shift+Tab');
	await exported;
});

for (const layout of ['Grid', 'List']) {
	test(`by keyboard alone: a range is marked as actioned, in the ${layout}; the focus goes to who comes next`, async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({ members: 20 });
		const keyboard = new Keyboard(page);
		await admin.expectCards(20);
		await keyboard.press(new RegExp(`^${layout}$`));
		await expect(page.getByRole('button', { name: layout, exact: true })).toHaveAttribute(
			'aria-pressed',
			'true',
		);
		await page.keyboard.press('/');
		await keyboard.goTo(/^Select (?!all)/);
		await page.keyboard.press('Space');
		for (let n = 0; n < 12; n++) await keyboard.goTo(/^Select (?!all)/);
		await page.keyboard.press('Shift+Space');
		await expect(page.getByRole('group', { name: 'Selected members' })).toContainText('13 selected');
		await keyboard.press(/^Mark as actioned$/, 'Shift+Tab');
		await admin.expectCards(7);
		await keyboard.expectFocus(/^Select (?!all)/);
		expect(await place(page)).toBe(1);

		// The last ones, too: then the one before them.
		for (let n = 0; n < 4; n++) await keyboard.goTo(/^Select (?!all)/);
		await page.keyboard.press('Space');
		for (let n = 0; n < 2; n++) await keyboard.goTo(/^Select (?!all)/);
		await page.keyboard.press('Shift+Space');
		await keyboard.press(/^Mark as actioned$/, 'Shift+Tab');
		await admin.expectCards(4);
		await keyboard.expectFocus(/^Select (?!all)/);
		expect(await place(page)).toBe(4);

		// And all: the section says that all is done.
		await keyboard.press(/^Select all$/, 'Shift+Tab');
		await keyboard.press(/^Mark as actioned$/, 'Shift+Tab');
		await expect(page.getByText('All done')).toBeVisible();
		await keyboard.expectFocus(/^Finished photo shoots/);
	});
}

test('by keyboard alone: an access link is asked about, let go, and sent; the focus comes back to its button', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const keyboard = new Keyboard(page);
	await admin.expectCards(3);
	const sent = () => admin.standIn.log.filter(({ path }) => path.endsWith('/access-link'));
	await keyboard.goTo(/^Actions for/);
	const opener = await keyboard.focused();
	const ask = async () => {
		await keyboard.openMenu();
		await page.keyboard.press('s');
		await keyboard.expectFocus(/^Send access link/);
		await page.keyboard.press('Enter');
		await expect(admin.dialog).toBeFocused();
	};
	await ask();
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(() => keyboard.focused()).toBe(opener);
	expect(sent()).toHaveLength(0);

	await ask();
	await keyboard.press(/^Send access link$/);
	await expect(admin.dialog.getByRole('status')).toHaveText(/^Sent to /);
	await keyboard.expectFocus(/^Close$/);
	for (let n = 0; n < 4; n++) {
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
	}
	await keyboard.press(/^Close$/);
	await expect(admin.dialog).toBeHidden();
	await expect.poll(() => keyboard.focused()).toBe(opener);
	expect(sent()).toHaveLength(1);
});

test('by keyboard alone: an interrupted download goes on, or is let go of', async ({ openAdmin, page }) => {
	const admin = await openAdmin({
		members: 12,
		limits: { memoryBytes: 100_000, flushBytes: 80_000 },
		faults: [{ kind: 'slow', bytesPerSecond: 60_000 }],
	});
	const keyboard = new Keyboard(page);
	await admin.expectCards(12);
	const interrupt = async () => {
		await expect(admin.progressBar).toBeVisible();
		await expect.poll(() => admin.progress()).toBeGreaterThan(40);
		await keyboard.press(/^Cancel$/);
		await admin.expectOutcome('Download cancelled. Nothing was saved.');
		await keyboard.expectFocus(/^Close$/);
		await page.keyboard.press('Enter');
		await expect(admin.dialog).toBeHidden();
		await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeVisible();
	};
	await keyboard.press(/^Download Favorites$/);
	await interrupt();
	await keyboard.press(/^Discard$/, 'Shift+Tab');
	await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(0);
	await keyboard.expectFocus(/^Download Favorites$/);

	await page.keyboard.press('Enter');
	await interrupt();
	admin.standIn.faults.clear();
	await keyboard.press(/^Continue$/, 'Shift+Tab');
	await expect(admin.dialog).toBeFocused();
	await admin.expectOutcome('12 of 12 members saved');
	await keyboard.press(/^Close$/);
	await expect(admin.dialog).toBeHidden();
	await keyboard.expectFocus(/^Download Favorites$/);
});

test('by keyboard alone: a new version can wait, or is loaded', async () => {
	test.setTimeout(120_000);
	const deployed = await Deployment.start({ members: 2, plain: true });
	const admin = await deployed.browse();
	const { page } = admin;
	const keyboard = new Keyboard(page);
	await admin.open();
	await admin.expectCards(2);
	await untilKept(page);
	const [first] = await page.evaluate(() => caches.keys());
	await deployed.serve(await nextBuild('next'));
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	const notice = page.getByText('A new version is ready.');
	await expect(notice).toBeVisible();
	await keyboard.press(/^Later$/);
	await expect(notice).toBeHidden();
	await keyboard.expectFocus(/^Download Favorites$/);

	// The one after it is not put off.
	await deployed.serve(await nextBuild('the-one-after'));
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	await expect(notice).toBeVisible();
	await keyboard.press(/^Load it now$/);
	await expect(notice).toBeHidden();
	await admin.expectCards(2);
	await expectVersion(page, 'the-one-after');
	// Nobody ran the one between; what this tab ran until the press stays until the version after.
	const kept = await page.evaluate(() => caches.keys());
	expect(kept).toEqual([first, 'headshot-admin:shell:the-one-after']);
});
