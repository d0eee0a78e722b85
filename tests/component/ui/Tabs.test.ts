import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import Tabs from '$lib/ui/Tabs.svelte';

const tabs = ['All', 'Finished', 'Joined', 'Invited', 'Attention', 'Deleted', 'Actioned'].map(
	(label, place) => ({
		value: label.toLowerCase(),
		label,
		count: 1000 * place,
	}),
);

function show(value = 'all') {
	const panel = createRawSnippet((shown: () => string) => ({ render: () => `<p>Here is ${shown()}</p>` }));
	const props = { label: 'Members', tabs, value, panel };
	const onchange = vi.fn((chosen: string) => void rerender({ value: chosen }));
	const { rerender } = render(Tabs, { ...props, onchange });
	return { onchange };
}

const tab = (name: string) => page.getByRole('tab', { name, exact: true });

test('the chosen tab names the panel that it shows; the counts are part of the names', async () => {
	show('finished');
	await expect.element(page.getByRole('tablist', { name: 'Members' })).toBeVisible();
	await expect.element(tab('Finished 1,000')).toHaveAttribute('aria-selected', 'true');
	await expect
		.element(page.getByRole('tabpanel', { name: 'Finished 1,000' }))
		.toHaveTextContent('Here is finished');
	expect(page.getByRole('tabpanel').elements()).toHaveLength(1);
});

test('one stop for Tab; the arrows choose, around the ends', async () => {
	const { onchange } = show();
	await userEvent.keyboard('{Tab}');
	await expect.element(tab('All 0')).toHaveFocus();
	for (const [key, name] of [
		['ArrowRight', 'Finished 1,000'],
		['End', 'Actioned 6,000'],
		['ArrowRight', 'All 0'],
		['ArrowLeft', 'Actioned 6,000'],
		['Home', 'All 0'],
	] as const) {
		await userEvent.keyboard(`{${key}}`);
		await expect.element(tab(name)).toHaveFocus();
		await expect.element(tab(name)).toHaveAttribute('aria-selected', 'true');
	}
	expect(onchange).toHaveBeenCalledTimes(5);
	await userEvent.keyboard('{Tab}');
	await expect.element(page.getByRole('tabpanel')).toHaveFocus();
});

test('on a phone they scroll sideways, the page does not, and the chosen one is in sight', async () => {
	await page.viewport(320, 600);
	show('actioned');
	const list = page.getByRole('tablist').element();
	expect(list.scrollWidth).toBeGreaterThan(list.clientWidth);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
	await expect.poll(() => tab('Actioned 6,000').element().getBoundingClientRect().right).toBeLessThan(321);
	await page.viewport(1280, 800);
});
