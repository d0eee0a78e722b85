import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { beforeEach, expect, test, vi } from 'vitest';
import Menu from '$lib/ui/Menu.svelte';
import type { MenuItem } from '$lib/ui/menu-item';

let button: HTMLButtonElement;

beforeEach(() => {
	button = document.createElement('button');
	button.textContent = 'Actions';
	document.body.append(button);
	return () => button.remove();
});

const names = () =>
	page
		.getByRole('menuitem')
		.elements()
		.map((element) => element.textContent?.trim());

async function open(change: Partial<MenuItem> = {}) {
	const first = vi.fn();
	const second = vi.fn();
	const onclose = vi.fn();
	const items: MenuItem[] = [
		{ label: 'First', icon: 'eye', onselect: first, ...change },
		{ label: 'Second', icon: 'check', onselect: second },
	];
	const props = { label: 'Actions for Ada', items, onclose };
	button.focus();
	const { rerender } = render(Menu, { props: { ...props, anchor: button } });
	onclose.mockImplementation(() => rerender({ ...props, anchor: null }));
	const menu = page.getByRole('menu', { name: 'Actions for Ada' });
	await expect.element(menu).toBeVisible();
	// It takes the focus a moment after it is seen: until then, arrows are the button's.
	await expect.poll(() => menu.element().contains(document.activeElement)).toBe(true);
	return { first, second, onclose, rerender, items };
}

test('arrow keys walk it, Enter chooses, and the focus returns to the button', async () => {
	const { first, second } = await open();
	expect(names()).toEqual(['First', 'Second']);
	await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
	await expect.poll(() => second.mock.calls.length + first.mock.calls.length).toBe(1);
	await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
	await expect.poll(() => document.activeElement).toBe(button);
});

test('Escape closes it and chooses nothing', async () => {
	const { first, second, onclose } = await open();
	await userEvent.keyboard('{Escape}');
	await expect.poll(() => onclose.mock.calls.length).toBe(1);
	expect(first.mock.calls.length + second.mock.calls.length).toBe(0);
	await expect.poll(() => document.activeElement).toBe(button);
});

test('a line that can’t be chosen says why', async () => {
	const { first } = await open({ disabled: 'No favorite chosen yet' });
	const line = page.getByRole('menuitem', { name: /First/ });
	await expect.element(line).toHaveTextContent('No favorite chosen yet');
	await expect.element(line).toHaveAttribute('aria-disabled', 'true');
	await line.click({ force: true });
	expect(first).not.toHaveBeenCalled();
});

test('when its button is gone, the focus goes to the screen’s main action', async () => {
	const home = document.createElement('button');
	home.dataset.focusHome = '';
	document.body.append(home);
	const { second } = await open();
	second.mockImplementation(() => button.remove());
	await page.getByRole('menuitem', { name: 'Second' }).click();
	await expect.poll(() => document.activeElement).toBe(home);
	home.remove();
});

test('a line that changes meanwhile leaves the focus where it is', async () => {
	const { rerender, items } = await open();
	await userEvent.keyboard('{ArrowDown}{ArrowDown}');
	const second = page.getByRole('menuitem', { name: 'Second' });
	await expect.element(second).toHaveFocus();
	const line = second.element();
	await rerender({
		items: items.map((item) => ({ ...item, disabled: item.label === 'First' ? 'No' : undefined })),
	});
	await expect.element(page.getByRole('menuitem', { name: /First/ })).toHaveTextContent('No');
	expect(document.activeElement).toBe(line);
});
