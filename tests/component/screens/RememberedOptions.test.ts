import '@testing-library/svelte/vitest';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { afterEach, expect, test, vi } from 'vitest';
import { plainOptions } from '$lib/download/options/options';
import { recallProfiles, rememberProfiles } from '$lib/download/options/remembered';
import RememberedOptions from '$lib/screens/headshots/RememberedOptions.svelte';

afterEach(() => {
	vi.restoreAllMocks();
	localStorage.clear();
});

const mine = page.getByRole('region', { name: 'Your profiles' });
const names = () => recallProfiles().map(({ name }) => name);

/** The dialog of one tab, closed. */
function tab() {
	const props = { open: false, blocked: null, canChoosePlace: false, onstart() {}, onclose() {} };
	const { rerender } = render(RememberedOptions, props);
	return { open: () => rerender({ open: true }), close: () => rerender({ open: false }) };
}

async function save(name: string): Promise<void> {
	await mine.getByRole('textbox').fill(name);
	await userEvent.keyboard('{Enter}');
	await expect.element(mine.getByRole('button', { name, exact: true })).toBeVisible();
}

/** Another tab saves one more profile. */
const saveElsewhere = (name: string) =>
	rememberProfiles([...recallProfiles(), { name, options: plainOptions }]);

test('what another tab has saved since is there when the dialog opens, and stays when one more is saved', async () => {
	const { open, close } = tab();
	saveElsewhere('For Slack');
	await open();
	await expect.element(mine.getByRole('button', { name: 'For Slack', exact: true })).toBeVisible();
	await save('For Okta');
	await close();
	saveElsewhere('For Plumm');
	await open();
	await save('For Namely');
	expect(names()).toEqual(['For Slack', 'For Okta', 'For Plumm', 'For Namely']);
});

test('what another tab saves while the dialog is open stays as well, whatever is done here', async () => {
	const { open } = tab();
	saveElsewhere('For Slack');
	await open();
	saveElsewhere('For Okta');
	await save('For Plumm');
	expect(names()).toEqual(['For Slack', 'For Okta', 'For Plumm']);
	saveElsewhere('For Namely');
	await mine.getByRole('button', { name: 'Delete For Slack' }).click();
	await expect.poll(names).toEqual(['For Okta', 'For Plumm', 'For Namely']);
});

test('where the browser keeps nothing, they last as long as the page', async () => {
	const refuse = () => {
		throw new DOMException('refused', 'SecurityError');
	};
	vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
	vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
	const { open, close } = tab();
	await open();
	await save('For Slack');
	await save('For Okta');
	await close();
	await open();
	await expect.element(mine.getByRole('button', { name: 'For Slack', exact: true })).toBeVisible();
	await expect.element(mine.getByRole('button', { name: 'For Okta', exact: true })).toBeVisible();
});
