import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { createRawSnippet, tick, type Component } from 'svelte';
import { page, userEvent } from 'vitest/browser';
import { beforeEach, expect, test } from 'vitest';
import VirtualList from '$lib/ui/VirtualList.svelte';

let scroller: HTMLElement;

beforeEach(() => {
	scroller = document.createElement('main');
	scroller.style.cssText = 'height: 400px; overflow-y: auto';
	// What stands above a list moves it down.
	scroller.innerHTML = '<div><div style="height: 150px">Above</div><section></section></div>';
	document.body.append(scroller);
	return () => scroller.remove();
});

const buttons = createRawSnippet<[string, number]>((item) => ({
	render: () => `<button style="display: block; height: 40px">${item()}</button>`,
}));

function given(count: number, columns = 1) {
	const items = Array.from({ length: count }, (_, n) => `item ${n}`);
	return { items, key: (item: string) => item, estimate: 40, label: 'Things', columns, children: buttons };
}

function show(count: number, columns = 1, children = buttons) {
	const props = { ...given(count, columns), children };
	// The component is generic, which its tests need not be.
	return render(
		VirtualList as unknown as Component<typeof props>,
		{ target: scroller.querySelector('section')!, props } as never,
	);
}

/** With two controls each, of the same items or of others. */
const pairs = createRawSnippet<[string, number]>((item) => ({
	render: () => `<p><button>first of ${item()}</button><button>second of ${item()}</button></p>`,
}));
const second = (name: string) => page.getByRole('button', { name: `second of ${name}`, exact: true });

const list = () => page.getByRole('list', { name: 'Things' });
const item = (n: number) => page.getByRole('button', { name: `item ${n}`, exact: true });

test('ten thousand items, and only those in sight are on the page', async () => {
	show(10_000);
	await expect.element(item(0)).toBeVisible();
	expect(document.querySelectorAll('[role="listitem"]').length).toBeLessThan(60);
	await expect.element(list().getByRole('listitem').first()).toHaveAttribute('aria-setsize', '10000');
	scroller.scrollTop = 40 * 5_000;
	await expect.element(item(5_000)).toBeVisible();
	const middle = document.querySelector('[data-key="item 5000"]');
	expect(middle?.getAttribute('aria-posinset')).toBe('5001');
	expect(document.querySelectorAll('[role="listitem"]').length).toBeLessThan(60);
});

test('a hundred are all on the page, and one more makes it a list that scrolls', async () => {
	const { rerender } = show(100);
	await expect.element(item(99)).toBeInTheDocument();
	expect(document.querySelectorAll('[role="listitem"]')).toHaveLength(100);
	await rerender(given(101));
	await expect.poll(() => document.querySelectorAll('[role="listitem"]').length).toBeLessThan(60);
	await expect.element(item(0)).toBeVisible();
	expect(list().element().getBoundingClientRect().height).toBe(101 * 40);
	// Fewer again: what is in sight isn't drawn anew.
	const first = item(0).element();
	await rerender(given(3));
	await expect.poll(() => document.querySelectorAll('[role="listitem"]').length).toBe(3);
	expect(item(0).element()).toBe(first);
});

test('what stands above the list does not hide its first items, nor when it grows', async () => {
	show(1_000);
	await expect.element(item(0)).toBeVisible();
	(scroller.querySelector('div > div') as HTMLElement).style.height = '2000px';
	scroller.scrollTop = 1_900;
	await expect.element(item(0)).toBeVisible();
	await expect.element(item(5)).toBeVisible();
});

test('the item with the focus stays, however far it is scrolled away', async () => {
	show(1_000, 4);
	await item(9).click();
	scroller.scrollTop = 8_000;
	await expect.element(item(800)).toBeVisible();
	expect(document.activeElement?.textContent).toBe('item 9');
	await userEvent.keyboard('{Tab}');
	expect(document.activeElement?.textContent).toBe('item 10');
});

test('as many columns as asked for stand beside each other, in the order of the list', async () => {
	show(10, 3);
	await expect.element(item(9)).toBeVisible();
	const tops = [0, 1, 2, 3].map((n) => item(n).element().getBoundingClientRect().top);
	expect(tops[0] === tops[1] && tops[1] === tops[2] && tops[3]! > tops[2]!).toBe(true);
	await expect.element(list().getByRole('listitem').nth(9)).toHaveTextContent('item 9');
});

test('what can be pressed can be pressed while it scrolls, too', async () => {
	show(1_000);
	await expect.element(item(0)).toBeVisible();
	const scrolled = new Promise((resolve) => scroller.addEventListener('scroll', resolve, { once: true }));
	scroller.scrollTop = 300;
	await scrolled;
	await tick();
	// As virtua has it while it scrolls, and for a moment after.
	const rows = document.querySelector<HTMLElement>('[role="list"] > div')!;
	expect(getComputedStyle(rows).pointerEvents).toBe('none');
	const { x, y, width, height } = item(8).element().getBoundingClientRect();
	expect(document.elementFromPoint(x + width / 2, y + height / 2)).toBe(item(8).element());
});

const without = (items: string[], gone: string) => items.filter((item) => item !== gone);
const many = Array.from({ length: 403 }, (_, n) => `new ${n}`);

/** Who has the focus, and what moves it to another row of four. */
const changes: [
	name: string,
	who: string,
	change: (items: string[]) => { items?: string[]; columns?: number },
][] = [
	['one before it goes', 'item 8', (items) => ({ items: without(items, 'item 2') })],
	['one before it comes', 'item 7', (items) => ({ items: ['new', ...items] })],
	['many before it come', 'item 8', (items) => ({ items: [...many, ...items] })],
	['it goes to the end', 'item 8', (items) => ({ items: [...without(items, 'item 8'), 'item 8'] })],
	['there are fewer columns', 'item 8', () => ({ columns: 3 })],
];

for (const [name, who, change] of changes) {
	for (const count of [20, 1_000]) {
		test(`of ${count}, the item with the focus keeps it when ${name}`, async () => {
			const props = { ...given(count, 4), children: pairs };
			const { rerender } = show(count, 4, pairs);
			await second(who).click();
			await rerender({ ...props, ...change(props.items) });
			await expect.element(second(who)).toHaveFocus();
		});
	}
}

test('who has the focus and goes leaves it to who stands in its place', async () => {
	const props = { ...given(9, 4), children: pairs };
	const { rerender } = show(9, 4, pairs);
	await second('item 3').click();
	await rerender({ ...props, items: props.items.filter((item) => item !== 'item 3') });
	await expect.element(second('item 4')).toHaveFocus();
	await rerender({ ...props, items: props.items.slice(0, 2) });
	await expect.element(second('item 1')).toHaveFocus();
});

test('a list leaves the focus alone that is elsewhere', async () => {
	const { rerender } = show(20, 4);
	await item(8).click();
	(document.activeElement as HTMLElement).blur();
	await rerender(given(19, 4));
	await expect.element(item(19)).not.toBeInTheDocument();
	expect(document.activeElement).toBe(document.body);
});
