/**
 * Every state of the page, of the registry in `states/`, is clean for axe (WCAG 2.2 AA, best practice, target sizes),
 * needs no second scrollbar, cuts nothing off, and shows whatever has the focus. Each state is seen in light at 1280 px
 * and in dark at 400 % zoom; with `EVERY=1`, in every look there is. `SHOTS=folder` keeps a picture of each, for somebody
 * who looks at all of them: `EVERY=1 SHOTS=/tmp/shots npm run test:e2e -- tests/e2e/a11y/states.test.ts`.
 */
import { expect, test } from '../support/fixtures.ts';
import { findingsInEveryLook } from '../support/looks.ts';
import { beginnings } from './states/beginnings.ts';
import { dialogs } from './states/dialogs.ts';
import { downloads } from './states/downloads.ts';
import { gallery } from './states/gallery.ts';
import { lists } from './states/lists.ts';
import { markers } from './states/markers.ts';
import { members } from './states/members.ts';
import { phases } from './states/phases.ts';
import { troubles } from './states/troubles.ts';

test.use({ serviceWorkers: 'allow' });

const visits = [members, dialogs, downloads, phases, gallery, lists, markers, beginnings, troubles];

for (const { name, setup, prepare, states, widest = false, logs } of visits) {
	test(`${name}: every state is seen, read and reached`, async ({ openAdmin, page, complaints }) => {
		test.setTimeout(process.env.EVERY === '1' ? 1_800_000 : 120_000);
		await page.setViewportSize({ width: 1280, height: 1024 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await prepare?.(page);
		const admin = await openAdmin(setup);
		const found: string[] = [];
		for (const state of states) {
			const reach = () => test.step(state.name, () => state.reach({ admin, page }));
			const shown = await reach();
			await expect(shown, state.name).toBeVisible();
			const again = state.fleeting && reach;
			found.push(...(await findingsInEveryLook(page, `${name}, ${state.name}`, { shown, again, widest })));
			if (!state.fleeting) await expect(shown, `${state.name}, to the end`).toBeVisible();
		}
		expect(found).toEqual([]);
		if (logs) complaints.push(...complaints.splice(0).filter((line) => !logs.test(line)));
	});
}
