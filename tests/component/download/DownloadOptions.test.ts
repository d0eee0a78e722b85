import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import axe from 'axe-core';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import DownloadOptionsDialog from '$lib/download/options/DownloadOptions.svelte';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import type { Profile, ProfilesChange } from '$lib/download/options/profiles';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const select = (name: string) => page.getByRole('combobox', { name, exact: true });
const box = (name: string) => page.getByRole('checkbox', { name, exact: true });

const small: Profile = {
	name: 'Intranet',
	options: { ...plainOptions, size: { side: 512, shape: 'square' }, quality: 0.75 },
};

/** The dialog with an owner that remembers, as the page has. */
async function show(
	options: DownloadOptions = plainOptions,
	profiles: Profile[] = [],
	blocked: string | null = null,
) {
	const owner = { options, profiles, straightToDisk: false };
	const onstart = vi.fn<(options: DownloadOptions) => void>();
	const onclose = vi.fn();
	const props = () => ({ open: true, ...owner, blocked, onstart, onclose, onchange, onprofiles, onstraight });
	const onchange = (changed: DownloadOptions) => {
		owner.options = changed;
		void rendered.rerender(props());
	};
	const onprofiles = (change: ProfilesChange) => {
		owner.profiles = change(owner.profiles);
		void rendered.rerender(props());
	};
	const onstraight = (wanted: boolean) => {
		owner.straightToDisk = wanted;
		void rendered.rerender(props());
	};
	const rendered = render(DownloadOptionsDialog, props());
	await expect.element(page.getByRole('dialog', { name: 'Download options' })).toBeVisible();
	return { owner, onstart, onclose };
}

test('it begins with the archive that Download Favorites makes, and starts with just that', async () => {
	const { onstart } = await show();
	await expect.element(select('Made for')).toHaveDisplayValue('Anything');
	await expect.element(select('Layout')).toHaveDisplayValue('Folder per member');
	await expect.element(select('Files')).toHaveDisplayValue('Headshots and PFPs');
	await expect.element(select('Size')).toHaveDisplayValue('As they are');
	await expect.element(box('Add index.csv')).not.toBeChecked();
	await expect.element(button('Reset to standard')).toHaveAttribute('aria-disabled', 'true');
	await button('Download with these options').click();
	expect(onstart).toHaveBeenCalledWith(plainOptions);
});

test('what is chosen is told at once, and Reset takes it back', async () => {
	const { owner } = await show();
	await select('Layout').selectOptions('Flat: headshots by e-mail');
	await expect.element(select('Files')).not.toBeInTheDocument();
	await expect.element(select('Quality')).not.toBeInTheDocument();
	await select('Size').selectOptions('Square, up to 512 px');
	await select('Quality').selectOptions('Small, 75 %');
	await select('Largest file').selectOptions('Up to 500 kB');
	await box('Add index.csv').click();
	await box('Add README.txt').click();
	expect(owner.options).toEqual({
		...plainOptions,
		layout: 'flat-headshot',
		size: { side: 512, shape: 'square' },
		quality: 0.75,
		maxBytes: 500_000,
		index: true,
		readme: true,
	});
	await button('Reset to standard').click();
	expect(owner.options).toEqual(plainOptions);
});

describe('a preset', () => {
	test('says what is demanded and where that is documented, and leaves what it decides to it', async () => {
		const { owner } = await show();
		await select('Made for').selectOptions('Microsoft 365 / Entra ID');
		await expect.element(page.getByText(/j\.doe\.jpg for j\.doe@contoso\.com/)).toBeVisible();
		const link = page.getByRole('link', { name: 'pnp.github.io' });
		await expect.element(link).toHaveAttribute('rel', 'external noopener noreferrer');
		for (const gone of ['Layout', 'Files', 'Size', 'Largest file']) {
			await expect.element(select(gone)).not.toBeInTheDocument();
		}
		await expect.element(select('Picture')).toHaveDisplayValue('Profile picture');
		await expect.element(select('Quality')).toBeVisible();
		expect(owner.options).toEqual({ ...plainOptions, preset: 'entra', layout: 'flat-pfp' });
	});

	test('takes only the picture that it can be made of', async () => {
		const { owner } = await show({ ...plainOptions, preset: 'slack', layout: 'flat-pfp' });
		await select('Made for').selectOptions('SAP SuccessFactors');
		expect(owner.options).toMatchObject({ preset: 'successfactors', layout: 'flat-headshot' });
		expect([...(select('Picture').element() as HTMLSelectElement).options]).toHaveLength(1);
	});
});

describe('profiles of one’s own', () => {
	test('are saved under a name, with Enter too', async () => {
		const { owner, onstart } = await show(small.options);
		await expect.element(button('Save')).toHaveAttribute('aria-disabled', 'true');
		await page.getByRole('textbox', { name: 'Save these options as' }).fill(' Intranet ');
		await userEvent.keyboard('{Enter}');
		expect(owner.profiles).toEqual([small]);
		await expect.element(page.getByRole('status')).toHaveTextContent('Saved as Intranet.');
		await expect.element(button('Intranet')).toHaveAttribute('aria-pressed', 'true');
		expect(onstart).not.toHaveBeenCalled();
	});

	test('are used with one press', async () => {
		const { owner } = await show(plainOptions, [small]);
		await expect.element(button('Intranet')).toHaveAttribute('aria-pressed', 'false');
		await button('Intranet').click();
		expect(owner.options).toEqual(small.options);
		await expect.element(select('Size')).toHaveDisplayValue('Square, up to 512 px');
	});

	test('are renamed, never to another’s name, and Escape leaves only the field', async () => {
		const { owner, onclose } = await show(plainOptions, [small, { ...small, name: 'Badges' }]);
		const field = page.getByRole('textbox', { name: 'New name of Intranet' });
		await button('Rename Intranet').click();
		await expect.element(field).toHaveFocus();
		await field.fill('BADGES');
		await expect.element(page.getByRole('alert').getByText('Another profile has this name.')).toBeVisible();
		await userEvent.keyboard('{Enter}');
		expect(owner.profiles[0]?.name).toBe('Intranet');
		await userEvent.keyboard('{Escape}');
		await expect.element(field).not.toBeInTheDocument();
		expect(onclose).not.toHaveBeenCalled();
		await button('Rename Intranet').click();
		await field.fill('Web');
		await button('Rename').click();
		expect(owner.profiles.map(({ name }) => name)).toEqual(['Web', 'Badges']);
	});

	test('are deleted, and the focus stays in the dialog', async () => {
		const { owner } = await show(plainOptions, [small]);
		await button('Delete Intranet').click();
		expect(owner.profiles).toEqual([]);
		await expect.element(page.getByRole('status')).toHaveTextContent('Deleted Intranet.');
		await expect.element(page.getByRole('region', { name: 'Your profiles' })).toHaveFocus();
	});

	test('one with a size that is no longer offered keeps it', async () => {
		await show({ ...small.options, size: { side: 333, shape: 'square' }, quality: 0.9 });
		await expect.element(select('Size')).toHaveDisplayValue('Square, up to 333 px');
		await expect.element(select('Quality')).toHaveDisplayValue('90 %');
	});
});

test('while nothing can be downloaded, the button says why', async () => {
	const { onstart } = await show(plainOptions, [], 'A download is running');
	const start = button('Download with these options');
	await expect.element(start).toHaveAccessibleDescription('A download is running');
	await start.click({ force: true });
	expect(onstart).not.toHaveBeenCalled();
});

test('Escape and Close leave', async () => {
	const { onclose } = await show();
	await button('Close').click();
	await userEvent.keyboard('{Escape}');
	expect(onclose).toHaveBeenCalledTimes(2);
});

test.each([
	[1280, 900],
	[320, 640],
])('axe finds nothing at %i × %i px, and it is no wider than the page', async (width, height) => {
	await page.viewport(width, height);
	await show({ ...plainOptions, preset: 'namely', layout: 'flat-pfp' }, [
		{ ...small, name: 'A profile with a name as long as a name can be, which is 60 c' },
	]);
	const dialog = page.getByRole('dialog').element();
	const { violations } = await axe.run(dialog, { rules: { 'target-size': { enabled: true } } });
	expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
	expect(dialog.getBoundingClientRect().right).toBeLessThanOrEqual(width);
	for (const part of dialog.querySelectorAll('.body, footer')) {
		expect(part.scrollWidth).toBeLessThanOrEqual(part.clientWidth);
	}
});

test('straight to disk is offered where the browser can, and has nothing to do with the form', async () => {
	const { owner } = await show();
	await box('Save straight to disk').click();
	expect(owner.straightToDisk).toBe(true);
	await expect.element(box('Save straight to disk')).toBeChecked();
	await expect.element(button('Reset to standard')).toHaveAttribute('aria-disabled', 'true');
});
