import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import type { Markers } from '$lib/actioned/markers.svelte';
import StorageNotice from '$lib/actioned/StorageNotice.svelte';
import { countKey, freshOrganization, openTab } from './markers-helpers';
import { freshName, refuseToOpen } from '../storage/storage-helpers';

const button = (name: string) => page.getByRole('button', { name, exact: true });

function show(markers: Markers) {
	const onbackup = vi.fn();
	return { onbackup, ...render(StorageNotice, { markers, onbackup }) };
}

test('it says nothing while nothing is the matter', async () => {
	const { container } = show(await openTab(freshName(), freshOrganization()));
	expect(container.textContent.trim()).toBe('');
});

test('where storage is refused it says why nothing can be marked', async () => {
	refuseToOpen('SecurityError');
	show(await openTab(freshName(), freshOrganization()));
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Markers can’t be changed right now/);
	await expect.element(page.getByRole('alert')).toHaveTextContent(/does not let the page keep anything/);
});

describe('given that the browser has lost markers', () => {
	async function lostTab() {
		const acme = freshOrganization();
		localStorage.setItem(countKey(acme), '1200');
		return openTab(freshName(), acme);
	}

	test('it tells how many, and leads to the backup', async () => {
		const { onbackup } = show(await lostTab());
		await expect
			.element(page.getByText('This browser has lost markers: 1,200 were kept, 0 found'))
			.toBeVisible();
		await button('Restore from backup').click();
		expect(onbackup).toHaveBeenCalledOnce();
	});

	test('Dismiss forgives it', async () => {
		const tab = await lostTab();
		show(tab);
		await button('Dismiss').click();
		await expect.element(page.getByText(/has lost markers/)).not.toBeInTheDocument();
		expect(tab.lost).toBeNull();
	});
});
