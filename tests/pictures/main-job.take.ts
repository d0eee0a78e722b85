import { expect, test } from '../e2e/support/fixtures.ts';
import { Film } from './film.ts';
import { picturesInSight } from './in-sight.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(colorScheme, () => {
		test.use({ colorScheme, viewport: { width: 960, height: 640 } });

		test('the main job, moving: Download Favorites, and who was handed over is actioned', async ({
			openAdmin,
			page,
		}) => {
			const admin = await openAdmin({ plain: false, realPictures: true, limits: { stallMs: 60_000 } });
			await admin.expectCards(51);
			await expect.poll(() => page.evaluate(picturesInSight)).toBe(true);

			const film = new Film(page, { x: 480, y: 560 });
			await film.hold(1_200);
			await film.press(admin.downloadButton);
			const saved = admin.dialog.getByText(/members saved/);
			await expect(admin.progressBar).toBeVisible();
			await film.until(() => saved.isVisible(), 120);
			await film.hold(1_800);
			await film.press(admin.dialog.getByRole('button', { name: /^Mark these .* as actioned/ }));
			await expect(admin.dialog.getByText('Marked as actioned')).toBeVisible();
			await film.hold(1_500);
			await film.press(admin.dialog.getByRole('button', { name: 'Close' }));
			await expect(admin.dialog).toBeHidden();
			await expect(admin.actioned).toBeVisible();
			await film.hold(3_000);
			await film.save(new URL(`./main-job-${colorScheme}.webp`, import.meta.url));
		});
	});
}
