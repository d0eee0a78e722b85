import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from '../e2e/support/fixtures.ts';
import { picturesInSight } from './in-sight.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(colorScheme, () => {
		test.use({ colorScheme, viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 });

		test('the Finished section, a gallery, and a download with its outcome', async ({ openAdmin, page }) => {
			const admin = await openAdmin({ plain: false, realPictures: true, limits: { stallMs: 60_000 } });
			const favorite = admin.standIn.company.shoots.find((shoot) => shoot.favoriteId !== null)!;
			admin.standIn.faults.add({ kind: 'status', status: 404, shootId: favorite.id, file: 'headshot' });
			await admin.expectCards(51);
			await expect.poll(() => page.evaluate(picturesInSight)).toBe(true);
			await take(page, `finished-${colorScheme}`);
			await admin.downloadFavorites();
			await expect(admin.dialog.getByText(/members saved/)).toBeVisible();
			await take(page, `outcome-${colorScheme}`);
			await admin.close();
			await admin.cards
				.filter({ hasText: 'Ragnhild' })
				.getByRole('link', { name: /View Results/ })
				.click();
			await expect(page.getByRole('button', { name: /^Open headshot 1 / })).toBeVisible();
			await expect.poll(() => page.evaluate(picturesInSight)).toBe(true);
			await take(page, `gallery-${colorScheme}`);
		});
	});
}

async function take(page: Page, name: string): Promise<void> {
	const png = await page.screenshot({ animations: 'disabled' });
	await writeFile(
		new URL(`./${name}.webp`, import.meta.url),
		await sharp(png).webp({ quality: 82 }).toBuffer(),
	);
}
