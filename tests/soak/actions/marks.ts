import { expect } from '@playwright/test';
import type { Random } from '../../backend/random.ts';
import type { ShootFacts } from '../model/facts.ts';
import type { Tab } from '../tab.ts';
import type { World } from '../world.ts';
import { draw, inSomeTab, openShoots } from './action.ts';
import { polling, untilHidden, untilShown } from '../waits.ts';

export const markOne = inSomeTab('mark one', 10, async (tab, world, luck) => {
	const shoot = draw(openShoots(tab, world), luck);
	if (shoot === null) return null;
	await tab.showAll();
	await tab.dismissMessages();
	await (await tab.menuItem(shoot, 'Mark as actioned')).click();
	await tab.expectMessage(`${shoot.name} marked as actioned`);
	world.marks.mark(shoot.id, shoot.favoriteId);
	if (luck.between(1, 4) > 1) return shoot.email;
	await tab.page
		.getByRole('region', { name: 'Messages' })
		.getByRole('button', { name: 'Undo' })
		.last()
		.click();
	await untilShown(
		tab.page.locator(
			`section [data-key="${shoot.id}"] [role=checkbox], section [data-key="${shoot.id}"] input`,
		),
	);
	await expect.poll(async () => await storedState(tab, shoot.id)).toBe('undone');
	world.marks.undo(shoot.id);
	return `${shoot.email}, and undone by the message`;
});

export const markSome = inSomeTab('mark some', 8, async (tab, world, luck) => {
	const picked = await pickSome(tab, world, luck);
	if (picked === null) return null;
	await tab.page.getByRole('button', { name: 'Mark as actioned' }).click();
	const [only] = picked;
	const words = picked.length === 1 ? only!.name : `${picked.length} photo shoots`;
	await tab.expectMessage(`${words} marked as actioned`);
	for (const { id, favoriteId } of picked) world.marks.mark(id, favoriteId);
	return `${picked.length}`;
});

export const undo = inSomeTab('undo', 10, async (tab, world, luck) => {
	const id = draw(world.marks.ids, luck);
	if (id === null) return null;
	await showActioned(tab);
	await tab.dismissMessages();
	await tab.page.locator(`[data-undo="${id}"]`).click();
	// Whoever was deleted, or is not in this tab's list yet, is not back there.
	const isListed = tab.seen.shoots.some((shoot) => shoot.id === id);
	await tab.expectMessage(isListed ? / back in Finished$/ : / no longer actioned$/);
	world.marks.undo(id);
	return id;
});

export const note = inSomeTab('note', 7, async (tab, world, luck) => {
	const id = draw(world.marks.ids, luck);
	if (id === null) return null;
	await showActioned(tab);
	const row = tab.admin.actioned.locator(`[data-key="${id}"]`);
	const words = luck.between(1, 5) === 1 ? '' : `Note ${luck.hex(6)}`;
	await row.getByRole('button', { name: / note$/ }).click();
	const field = row.getByRole('textbox');
	await field.fill(words);
	await field.press('Enter');
	// It closes when it is saved.
	await untilHidden(field);
	world.marks.note(id, words);
	return `${id}: ${words || 'none'}`;
});

/** Picks a few cards that lie beside each other. @returns whose; `null` when nobody is left */
export async function pickSome(tab: Tab, world: World, luck: Random): Promise<ShootFacts[] | null> {
	const keys = openShoots(tab, world).map(({ id }) => id);
	if (keys.length === 0) return null;
	await tab.showAll();
	await tab.dismissMessages();
	// Whoever was sent a link, or downloaded, is picked still.
	const clear = tab.page
		.getByRole('group', { name: 'Selected members' })
		.getByRole('button', { name: 'Clear' });
	if (await clear.isVisible()) await clear.click();
	// A range is of what is in sight.
	await expect.poll(async () => (await tab.look()).finished?.keys, polling).toEqual(keys);
	const from = luck.between(0, keys.length - 1);
	const to = Math.min(keys.length - 1, from + luck.between(0, 3));
	const box = (place: number) =>
		tab.admin.finished.locator(`[data-key="${keys[place]}"]`).getByRole('checkbox');
	await box(from).click();
	if (to > from) await box(to).click({ modifiers: ['Shift'] });
	return keys.slice(from, to + 1).map((key) => tab.seen.shoots.find(({ id }) => id === key)!);
}

/** All who are actioned, and nobody else. */
async function showActioned(tab: Tab): Promise<void> {
	await tab.showAll();
	await tab.choose('Actioned');
}

async function storedState(tab: Tab, shootId: string): Promise<string | undefined> {
	return (await tab.markers()).find((marker) => marker.shootId === shootId)?.state;
}
