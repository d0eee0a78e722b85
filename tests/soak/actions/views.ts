import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { readStrictly } from '../../unit/csv/csv-reader.ts';
import { finishedMembers } from '../model/facts.ts';
import { draw, inSomeTab } from './action.ts';
import { polling, untilAttribute, untilNone, untilThere, untilShown } from '../waits.ts';

export const search = inSomeTab('search', 8, async (tab, world, luck) => {
	await tab.showAll();
	const shoot = draw(tab.seen.shoots, luck);
	if (shoot === null) return null;
	const words =
		luck.between(1, 3) === 1 ? shoot.name.split(' ')[0]! : shoot.email.slice(0, luck.between(1, 8));
	await tab.admin.search(words);
	const folded = words.toLowerCase();
	const expected = tab.seen.shoots
		.filter(({ id }) => !world.marks.actioned.has(id))
		.filter(({ email, name }) => words.length < 2 || `${email}\n${name}`.toLowerCase().includes(folded))
		.map(({ id }) => id);
	await expect
		.poll(async () => (await tab.look()).finished?.keys, { ...polling, message: `found by “${words}”` })
		.toEqual(expected);
	return words;
});

export const chooseTab = inSomeTab('choose tab', 9, async (tab, world, luck) => {
	const { tabs } = await tab.look();
	const label = luck.pick(['All', 'Finished', 'Joined', 'Invited', 'Attention', 'Deleted', 'Actioned']);
	if (!(label in tabs)) return null;
	await tab.choose(label);
	return label;
});

export const sort = inSomeTab('sort', 5, async (tab, world, luck) => {
	await tab.showAll();
	const by = luck.pick(['latest', 'name', 'actioned']);
	await tab.page.getByLabel('Sort').selectOption(by);
	const open = tab.seen.shoots.filter(({ id }) => !world.marks.actioned.has(id));
	if (by === 'name')
		open.sort((a, b) => (a.email.toLowerCase() < b.email.toLowerCase() ? -1 : a.email === b.email ? 0 : 1));
	await expect
		.poll(async () => (await tab.look()).finished?.keys, { ...polling, message: `by ${by}` })
		.toEqual(open.map(({ id }) => id));
	// The walk's other steps go by the latest.
	await tab.page.getByLabel('Sort').selectOption('latest');
	return by;
});

export const layout = inSomeTab('layout', 3, async (tab, world, luck) => {
	const name = luck.pick(['Grid', 'List']);
	const button = tab.page.getByRole('button', { name, exact: true });
	// Only cards have another look.
	if (!(await button.isVisible())) return null;
	await button.click();
	await untilAttribute(button, 'aria-pressed', 'true');
	return name;
});

export const gallery = inSomeTab('gallery', 4, async (tab, world, luck) => {
	await tab.showAll();
	const shoot = draw(
		tab.seen.shoots.filter(({ id }) => !world.marks.actioned.has(id)),
		luck,
	);
	if (shoot === null) return null;
	const card = tab.page.locator(`[data-key="${shoot.id}"]`);
	await card.hover();
	await card.getByRole('link', { name: /^View Results/ }).click();
	await untilShown(tab.page.getByRole('heading', { level: 1, name: shoot.name }));
	await untilNone(tab.page.locator('main [aria-busy=true]'));
	if (luck.between(1, 2) === 1) await tab.page.getByRole('tab', { name: 'Profile picture' }).click();
	await tab.page.getByRole('link', { name: 'All headshots' }).click();
	await expect.poll(async () => (await tab.look()).tabs.All).toBeDefined();
	return shoot.email;
});

export const reload = inSomeTab('reload', 4, async (tab, world) => {
	await world.reload(tab);
	return tab === world.first ? 'first tab' : 'second tab';
});

export const csv = inSomeTab('export', 3, async (tab, world) => {
	const [download] = await Promise.all([
		tab.page.waitForEvent('download'),
		tab.page.getByRole('button', { name: 'Export' }).click(),
	]);
	const text = await readFile(await download.path(), 'utf8');
	await download.delete();
	const [, ...rows] = readStrictly(text.replace(/^\uFEFF/, ''));
	const { seen } = tab;
	expect(rows).toHaveLength(finishedMembers(seen).length + seen.joined + seen.invited);
	const actioned = new Map(rows.map((row) => [row[1], row[6] !== '']));
	for (const { id, email } of finishedMembers(seen)) {
		expect(actioned.get(email), `${email} is actioned in the CSV`).toBe(world.marks.actioned.has(id));
	}
	await untilThere(tab.page.getByText(/^Exported \d+ members? to/));
	return `${rows.length} rows`;
});
