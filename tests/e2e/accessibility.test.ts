import { axeFindings } from './support/axe.ts';
import { favorites } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [320, 1440]) {
		test.describe(`${colorScheme}, ${width} px wide`, () => {
			test.use({
				colorScheme,
				viewport: { width, height: 800 },
				contextOptions: { reducedMotion: 'reduce' },
			});

			test('the page, its states and the download are clean for axe and need no second scrollbar', async ({
				openAdmin,
				page,
			}) => {
				const admin = await openAdmin({
					members: 6,
					bytesPerSecond: 30_000,
					faults: [{ kind: 'status', status: 404, file: 'pfp', tries: 2 }],
				});
				const clean = async (state: string) => {
					expect(await axeFindings(page), state).toEqual([]);
					const overflow = await page.evaluate(
						() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
					);
					expect(overflow, state).toBe(0);
				};
				await admin.expectCards(6);
				await clean('members');
				await admin.startDownload();
				await expect(admin.failures.first()).toBeVisible();
				await clean('running');
				await admin.dialog.getByRole('button', { name: 'Pause' }).click();
				await expect(admin.dialog.getByText('Paused', { exact: true })).toBeVisible();
				await clean('paused');
				await admin.dialog.getByRole('button', { name: 'Resume' }).click();
				await admin.dialog.getByRole('button', { name: 'Hide' }).click();
				await expect(admin.dialog).toBeHidden();
				await clean('tray');
				await page.getByRole('button', { name: 'Details' }).click();
				await admin.expectOutcome('4 of 6 members saved; 2 files failed');
				await clean('outcome');
				await admin.dialog.getByRole('button', { name: 'Close' }).click();
				await page.getByRole('button', { name: 'Downloads', exact: true }).click();
				await admin.dialog.getByText('2 files failed', { exact: true }).click();
				await clean('the list of downloads');
				await admin.dialog.getByRole('button', { name: 'Close' }).click();
				await expect(admin.dialog).toBeHidden();

				admin.standIn.signOut();
				await page.reload();
				await expect(page.getByRole('main')).toContainText(/sign in/i);
				await clean('signed out');
				admin.standIn.signIn();
				admin.standIn.faults.add({ kind: 'status', status: 400, api: /models$/ });
				await page.getByRole('button', { name: 'Try again' }).click();
				await expect(page.getByRole('alert')).toBeVisible();
				await clean('error');
			});

			test('every tab, layout, menu, dialog and the gallery are clean for axe and need no second scrollbar', async ({
				openAdmin,
				page,
			}) => {
				const admin = await openAdmin({ plain: false });
				const clean = async (state: string) => {
					expect(await axeFindings(page), state).toEqual([]);
					const overflow = await page.evaluate(() =>
						[document.documentElement, document.querySelector('main')!].map(
							(element) => element.scrollWidth - element.clientWidth,
						),
					);
					expect(overflow, state).toEqual([0, 0]);
				};
				await admin.expectCards(51);
				const first = admin.cards.first();
				await first.getByRole('checkbox').click();
				await clean('a selection');
				await page.getByRole('button', { name: 'Mark as actioned' }).click();
				await expect(admin.actioned).toBeVisible();
				await clean('a toast');
				await first.getByRole('button', { name: /Actions/ }).click();
				await expect(page.getByRole('menu')).toBeVisible();
				await clean('a menu');
				await page.getByRole('menuitem', { name: 'Send access link' }).click();
				await expect(admin.dialog).toBeVisible();
				await clean('the question for an access link');
				await page.keyboard.press('Escape');
				for (const tab of ['Finished', 'Joined', 'Invited', 'Attention', 'Deleted', 'Actioned']) {
					await page.getByRole('tab', { name: tab }).click();
					await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
					await clean(`tab ${tab}`);
				}
				await admin.actioned.getByRole('button', { name: /note/i }).click();
				await clean('a note');
				await page.keyboard.press('Escape');
				await admin.actioned.getByRole('button', { name: /^Backup/ }).click();
				await expect(admin.dialog).toBeVisible();
				await clean('backup');
				await page.keyboard.press('Escape');
				await page.getByRole('tab', { name: 'Finished' }).click();
				await page.getByRole('button', { name: 'List', exact: true }).click();
				await clean('list');

				const shoot = favorites(admin.standIn).find((one) => one.email !== null)!;
				await page.goto(`${admin.origin}/app/admin/members/${shoot.id}?tab=headshots`);
				await expect(page.getByRole('button', { name: /^Open headshot 1 / })).toBeVisible();
				await clean('gallery');
				await page.getByRole('button', { name: /^Open headshot 1 / }).click();
				await expect(admin.dialog).toBeVisible();
				await clean('lightbox');
				await page.keyboard.press('Escape');
				await page.getByRole('tab', { name: 'Profile picture' }).click();
				await expect(page.getByRole('button', { name: 'Download PFP' })).toBeVisible();
				await clean('profile picture');
				await page.goto(`${admin.origin}/app/admin/members/nobody`);
				await expect(page.getByText('No finished headshots here')).toBeVisible();
				await clean('nobody');
			});
		});
	}
}

test('the main job by keyboard alone: focus goes in, is kept, and comes back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 40_000 });
	await admin.expectCards(4);
	const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
	const tabTo = async (name: RegExp) => {
		await expect(async () => {
			await page.keyboard.press('Tab');
			expect(await focused()).toMatch(name);
		}).toPass({ intervals: [0] });
	};
	await tabTo(/Download Favorites/);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeVisible();
	for (let n = 0; n < 6; n++) {
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
	}
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(focused).toMatch(/Download Favorites/);

	await page.keyboard.press('Enter');
	await tabTo(/^Cancel$/);
	await page.keyboard.press('Enter');
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(focused).toMatch(/Download Favorites/);
});

test('review by keyboard alone: search, gallery and back, mark, undo, select, export', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	await admin.expectCards(6);
	const label = () =>
		page.evaluate(
			() =>
				document.activeElement?.getAttribute('aria-label') ??
				document.activeElement?.textContent?.trim() ??
				'',
		);
	const tabTo = async (name: RegExp, key = 'Tab') => {
		await expect(async () => {
			await page.keyboard.press(key);
			expect(await label()).toMatch(name);
		}).toPass({ intervals: [0] });
	};
	const chosen = admin.standIn.company.shoots[2]!;
	await page.keyboard.press('/');
	await page.keyboard.type(chosen.email!);
	await admin.expectCards(1);

	await tabTo(/^View Results of/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await tabTo(/^Open headshot 1 /);
	await page.keyboard.press('Enter');
	await expect(admin.dialog).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await expect(admin.dialog).toBeHidden();
	await expect.poll(label).toMatch(/^Open headshot 2 /);
	await page.goBack();
	await admin.expectCards(1);

	await page.keyboard.press('/');
	await page.keyboard.press('Escape');
	await admin.expectCards(6);
	await tabTo(/^Actions for/);
	const marked = await label();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menu')).toBeVisible();
	await page.keyboard.press('m');
	await page.keyboard.press('Enter');
	await admin.expectCards(5);
	// The focus is on the next card, not lost.
	await expect.poll(label).toMatch(/^Actions for/);
	expect(await label()).not.toBe(marked);

	await tabTo(/^Actioned/);
	await page.keyboard.press('Enter');
	await tabTo(/^Undo/);
	await page.keyboard.press('Enter');
	await admin.expectCards(6);

	await page.keyboard.press('/');
	await tabTo(/^Select (?!all)/);
	await page.keyboard.press('Space');
	await expect(page.getByRole('group', { name: 'Selected members' })).toContainText('1 selected');
	await page.keyboard.press('/');
	const exported = page.waitForEvent('download');
	await tabTo(/^Export$/, 'Shift+Tab');
	await page.keyboard.press('Enter');
	await exported;
});
