import type { AdminPage } from './support/admin-page.ts';
import { Deployment, endDeployments } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { markersOf } from './support/markers.ts';

test.afterEach(endDeployments);

test('given a write that a kill has torn, when the browser has thrown its databases away for it, then nobody’s marker is lost', async () => {
	const place = await Deployment.start({ members: 8 });
	const first = await visit(place, 8);
	await makeDatabase(first, 'witness');
	await mark(first, 3);
	await place.kill();
	await place.tearDatabase();

	// All looks well, and what is written now stands behind what was torn.
	const second = await visit(place, 5);
	expect(await databases(second)).toContain('witness');
	await mark(second, 2);
	await place.kill();

	const third = await visit(place, 3);
	expect(await databases(third), 'this browser keeps what was torn: the test proves nothing').not.toContain(
		'witness',
	);
	await expect(third.page.getByRole('tab', { name: /^Actioned/ })).toHaveAccessibleName(/5/);
	await expect(third.page.getByText(/lost markers/)).toHaveCount(0);
	expect(await markersOf(third.page)).toHaveLength(5);
});

/** The page, opened in a browser that was started for it. */
async function visit(place: Deployment, finished: number): Promise<AdminPage> {
	const admin = await place.browse();
	await admin.open();
	await admin.expectCards(finished);
	return admin;
}

async function mark({ page, cards }: AdminPage, count: number): Promise<void> {
	for (let n = 0; n < count; n++) await cards.getByRole('checkbox').nth(n).click();
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await expect(page.getByText(`${count} photo shoots marked as actioned`)).toBeVisible();
}

async function databases({ page }: AdminPage): Promise<(string | undefined)[]> {
	return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

/** In the same files as the page's own. */
async function makeDatabase({ page }: AdminPage, name: string): Promise<void> {
	await page.evaluate(
		(called) =>
			new Promise((resolve) => {
				const opening = indexedDB.open(called);
				opening.onsuccess = () => resolve(opening.result.close());
			}),
		name,
	);
}
