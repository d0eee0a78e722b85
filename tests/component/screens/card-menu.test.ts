import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { page, userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { data, shoot, showScreen } from './screen-helpers.svelte.ts';

const several = (count: number) => data({ shoots: Array.from({ length: count }, (_, n) => shoot(`m${n}`)) });
const cards = () => page.getByRole('region', { name: 'Finished photo shoots' }).getByRole('listitem');
const actions = (id: string) => page.getByRole('button', { name: `Actions for Member ${id}`, exact: true });
const menu = () => page.getByRole('menu');

/** Cards of which some have another row than others, as another tab may change them. */
async function showCards(count: number) {
	await page.viewport(900, 700);
	const screen = await showScreen({ answers: [several(count)] });
	await expect.element(cards().first()).toBeVisible();
	const tops = cards()
		.elements()
		.map((card) => card.getBoundingClientRect().top);
	const mark = (id: string) =>
		screen.markers.mark([{ shootId: id, photoId: null, email: `${id}@example.com`, name: null }]);
	return { ...screen, mark, firstOfSecondRow: `m${tops.findIndex((top) => top > tops[0]!)}` };
}

for (const count of [12, 300]) {
	test(`of ${count} cards, one whose menu is open moves to another row, and the menu goes along`, async () => {
		const { mark, firstOfSecondRow: id } = await showCards(count);
		await actions(id).click();
		await expect.element(menu()).toHaveFocus();
		await userEvent.keyboard('{ArrowDown}{ArrowDown}');
		const line = document.activeElement;
		expect(line?.role).toBe('menuitem');
		await mark('m0');
		await expect.element(cards().first()).toHaveAttribute('aria-setsize', String(count - 1));
		const button = actions(id);
		await expect.element(button).toHaveAttribute('aria-expanded', 'true');
		await expect.element(menu()).toBeVisible();
		expect(document.activeElement).toBe(line);
		const { right, bottom } = button.element().getBoundingClientRect();
		await expect
			.poll(() => {
				const place = menu().element().getBoundingClientRect();
				return [Math.round(place.right - right), Math.round(place.top - bottom)];
			})
			.toEqual([0, 6]);
		await userEvent.keyboard('{Escape}');
		await expect.element(button).toHaveFocus();
		await expect.element(button).toHaveAttribute('aria-expanded', 'false');
	});
}

test('a menu whose card goes away, closes', async () => {
	const { mark } = await showCards(12);
	await actions('m4').click();
	await expect.element(menu()).toHaveFocus();
	await mark('m4');
	// Not only out of sight.
	await expect.poll(() => document.querySelector('[role="menu"]')).toBeNull();
	await expect.element(page.getByRole('button', { name: 'Download Favorites' })).toHaveFocus();
	await actions('m5').click();
	await expect.element(menu()).toBeVisible();
});
