/**
 * Every state of the page, of the registry in `states/`, is clean for axe (WCAG 2.2 AA, best practice, target sizes),
 * needs no second scrollbar, cuts nothing off, and shows whatever has the focus. Each state is seen in light at 1280 px
 * and in dark at 400 % zoom; with `EVERY=1`, in light and dark at 100, 200 and 400 %, and from the right to the left:
 * `EVERY=1 npm run test:e2e -- tests/e2e/a11y/states.test.ts`.
 */
import { expect, test } from '../support/fixtures.ts';
import { findingsInEveryLook } from '../support/looks.ts';
import { downloads } from './states/downloads.ts';
import { gallery } from './states/gallery.ts';
import { members } from './states/members.ts';
import { dialogs } from './states/dialogs.ts';
import { troubles } from './states/troubles.ts';

for (const { name, setup, prepare, states } of [members, dialogs, downloads, gallery, troubles]) {
	test(`${name}: every state is seen, read and reached`, async ({ openAdmin, page }) => {
		test.setTimeout(process.env.EVERY === '1' ? 600_000 : 120_000);
		await page.setViewportSize({ width: 1280, height: 1024 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await prepare?.(page);
		const admin = await openAdmin(setup);
		const found: string[] = [];
		for (const state of states) {
			const reach = () => test.step(state.name, () => state.reach({ admin, page }));
			const shown = await reach();
			await expect(shown, state.name).toBeVisible();
			found.push(...(await findingsInEveryLook(page, state.name, state.fleeting && reach)));
			if (!state.fleeting) await expect(shown, `${state.name}, to the end`).toBeVisible();
		}
		expect(found).toEqual([]);
	});
}
