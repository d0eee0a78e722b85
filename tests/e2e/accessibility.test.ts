import { axeFindings } from './support/axe.ts';
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
				await expect(admin.cards).toHaveCount(6);
				await clean('members');
				await admin.startDownload();
				await expect(admin.failures.first()).toBeVisible();
				await clean('running');
				await admin.dialog.getByRole('button', { name: 'Hide' }).click();
				await expect(admin.dialog).toBeHidden();
				await clean('tray');
				await page.getByRole('button', { name: 'Details' }).click();
				await admin.expectOutcome('4 of 6 members saved; 2 files failed');
				await clean('outcome');
				await admin.dialog.getByRole('button', { name: 'Close' }).click();

				admin.standIn.signOut();
				await page.reload();
				await expect(admin.finished).toContainText(/sign in/i);
				await clean('signed out');
				admin.standIn.signIn();
				admin.standIn.faults.add({ kind: 'status', status: 400, api: /models$/ });
				await page.getByRole('button', { name: 'Try again' }).click();
				await expect(page.getByRole('alert')).toBeVisible();
				await clean('error');
			});
		});
	}
}

test('the main job by keyboard alone: focus goes in, is kept, and comes back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 4, bytesPerSecond: 40_000 });
	await expect(admin.cards).toHaveCount(4);
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
