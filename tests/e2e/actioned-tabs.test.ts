/** Who is actioned, in two tabs of one browser. */
import { AdminPage } from './support/admin-page.ts';
import { favorites } from './support/company.ts';
import { expect, test, type Admin } from './support/fixtures.ts';
import { markersOf } from './support/markers.ts';

async function anotherTab(admin: Admin): Promise<AdminPage> {
	const other = new AdminPage(await admin.page.context().newPage(), admin.url);
	await other.open();
	return other;
}

async function expandActioned(admin: AdminPage): Promise<void> {
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
}

test('given two tabs, when one marks or undoes, then the other follows within a second, without a reload', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const other = await anotherTab(admin);
	await other.expectCards(6);
	const { email } = favorites(admin.standIn)[0]!;
	await admin.act(email!, 'Mark as actioned');
	await expect(other.cards.first()).toHaveAttribute('aria-setsize', '5', { timeout: 1_000 });
	await expandActioned(other);
	await other.actioned.getByRole('button', { name: /^Undo/ }).click();
	await admin.search('');
	await admin.expectCards(6);
});

/** Picks these cards, by their places, the first and the last. */
async function pick(tab: AdminPage, from: number, to: number): Promise<void> {
	await tab.cards.nth(from).getByRole('checkbox').click();
	await tab.cards
		.nth(to)
		.getByRole('checkbox')
		.click({ modifiers: ['Shift'] });
}

const mark = (tab: AdminPage) => tab.page.getByRole('button', { name: 'Mark as actioned' }).click();

test('given two tabs, when both mark at once, then none is lost', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 40 });
	const other = await anotherTab(admin);
	await other.expectCards(40);
	await pick(admin, 0, 4);
	await pick(other, 5, 9);
	await Promise.all([mark(admin), mark(other)]);
	const handed = favorites(admin.standIn).slice(0, 10);
	for (const tab of [admin, other]) await tab.expectCards(30);
	const kept = (await markersOf(page)).map(({ shootId, state, photoId }) => [shootId, state, photoId]);
	expect(kept).toEqual(handed.map(({ id, favoriteId }) => [id, 'actioned', favoriteId]).sort());
	for (const tab of [admin, other]) {
		await tab.page.reload();
		await tab.expectCards(30);
	}
});

test('given two tabs, when both mark the same shoots, and one writes a note while the other undoes, then each deed counts', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 12 });
	const other = await anotherTab(admin);
	await other.expectCards(12);
	await pick(admin, 0, 5);
	await pick(other, 3, 8);
	await Promise.all([mark(admin), mark(other)]);
	const handed = favorites(admin.standIn).slice(0, 9);
	for (const tab of [admin, other]) await tab.expectCards(3);
	const kept = async () => (await markersOf(page)).map(({ shootId, state, note }) => [shootId, state, note]);
	const marked = handed.map(({ id }) => [id, 'actioned', '']).sort();
	expect(await kept()).toEqual(marked);

	const { id, email } = handed[4]!;
	const rowOf = (tab: AdminPage) => tab.actioned.getByRole('listitem').filter({ hasText: email! });
	for (const tab of [admin, other]) await expandActioned(tab);
	await rowOf(admin).getByRole('button', { name: 'Add note' }).click();
	await rowOf(admin).getByRole('textbox').fill('Sent by post');
	const undo = await rowOf(other).getByRole('button', { name: /^Undo/ }).elementHandle();
	// Pressed first, and perhaps not on the disk yet.
	await page.keyboard.press('Enter');
	await undo!.evaluate((button: HTMLElement) => button.click());
	for (const tab of [admin, other]) await tab.expectCards(4);
	expect(await kept()).toEqual(
		marked.map((marker) => (marker[0] === id ? [id, 'undone', 'Sent by post'] : marker)),
	);

	for (const tab of [admin, other]) {
		await tab.page.reload();
		await tab.expectCards(4);
	}
	await other.act(email!, 'Mark as actioned');
	await admin.expectCards(3);
	await expandActioned(admin);
	await expect(rowOf(admin)).toContainText('Sent by post');
});
