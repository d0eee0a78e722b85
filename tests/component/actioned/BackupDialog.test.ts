import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import BackupDialog from '$lib/actioned/BackupDialog.svelte';
import { readBackup, writeBackup } from '$lib/actioned/backup';
import type { Marker } from '$lib/actioned/marker';
import type { Markers } from '$lib/actioned/markers.svelte';
import { freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { freshName, refuseToOpen } from '../storage/storage-helpers';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const file = () => page.getByLabelText('Backup file');

async function show(markers?: Markers) {
	const acme = markers?.organization ?? freshOrganization();
	const tab = markers ?? (await openTab(freshName(), acme, { now: () => 2_000 }));
	const save = vi.fn<(blob: Blob, filename: string) => void>();
	const onclose = vi.fn();
	const organization = { uid: acme, name: 'Acme' };
	const props = { markers: tab, organization, open: true, onclose, save };
	return { acme, organization, tab, save, onclose, ...render(BackupDialog, props) };
}

/** Chooses a file, as a person would. */
async function choose(content: Blob): Promise<void> {
	await userEvent.upload(file(), new File([content], 'actioned.json', { type: 'application/json' }));
}

const backupOf = (acme: string, markers: Marker[]) =>
	writeBackup(markers, {
		organization: { uid: acme, name: 'Acme' },
		now: new Date(2026, 10, 24, 12).getTime(),
	});

test('it says once that markers live here only, and what loses them', async () => {
	await show();
	const dialog = page.getByRole('dialog', { name: 'Back up markers' });
	await expect.element(dialog).toHaveTextContent(/kept in this browser only/);
	await expect.element(dialog).toHaveTextContent(/Safari forgets it after seven days/);
	await expect.element(dialog).toHaveTextContent(/give the file to a colleague/);
});

test.each([
	[
		'promises to keep it',
		async () => true,
		'This browser has promised to keep it until its site data is cleared.',
	],
	['does not', async () => false, 'This browser may clear it when it runs short of room.'],
	[
		'can’t be asked',
		() => Promise.reject(new TypeError()),
		'This browser can’t be asked whether it clears it when it runs short of room.',
	],
])('it says whether the browser keeps them, without asking for it: one that %s', async (_, answer, words) => {
	const prompt = vi.spyOn(StorageManager.prototype, 'persist');
	const asked = vi.spyOn(StorageManager.prototype, 'persisted').mockImplementation(answer);
	onTestFinished(() => [prompt, asked].forEach((spy) => spy.mockRestore()));
	await show();
	await expect.element(page.getByText(words, { exact: true })).toBeVisible();
	expect(prompt).not.toHaveBeenCalled();
});

test('the backup holds everything, the undone ones too', async () => {
	const { tab, acme, save } = await show();
	await tab.mark(handed('a', 'b'));
	await tab.undo(['b']);
	await button('Download backup').click();
	await expect
		.element(page.getByText(/^actioned-.*with 1 marker and 1 undone one, is among your downloads/))
		.toBeVisible();
	const [blob, filename] = save.mock.calls[0]!;
	expect(filename).toMatch(/^actioned-\d{4}-\d{2}-\d{2}\.json$/);
	expect(await readBackup(blob, acme)).toMatchObject({ kind: 'ok', markers: await tab.all(), skipped: 0 });
});

describe('a file to restore', () => {
	test('is previewed in words, and restored only when that is pressed', async () => {
		const { tab, acme } = await show();
		await tab.mark(handed('here', 'noted', 'gone'));
		const incoming = [
			marker(acme, 'new'),
			marker(acme, 'noted', { at: 3_000, note: 'sent' }),
			marker(acme, 'gone', { at: 3_000, state: 'undone' }),
			marker(acme, 'here', { at: 1 }),
		];
		await choose(backupOf(acme, [...incoming, { ...marker(acme, 'broken'), at: -1 }]));
		await expect
			.element(
				page.getByText(
					'Saved Nov 24, 2026. 1 will be added, 1 changed, 1 undone, 1 stays as it is; 1 entry could not be read.',
				),
			)
			.toBeVisible();
		expect(shoots(tab)).toEqual(['gone', 'here', 'noted']);
		await button('Restore').click();
		await expect.element(page.getByText('Restored: 3 markers changed.')).toBeVisible();
		expect(shoots(tab)).toEqual(['here', 'new', 'noted']);
		await expect.element(button('Restore')).not.toBeInTheDocument();
	});

	test('is let go with Cancel', async () => {
		const { tab, acme, onclose } = await show();
		await choose(backupOf(acme, [marker(acme, 'new')]));
		await button('Cancel').click();
		expect(onclose).toHaveBeenCalledOnce();
		expect(shoots(tab)).toEqual([]);
	});

	test('is not restored for another organization than the one it was previewed for', async () => {
		const { tab, acme } = await show();
		await choose(backupOf(acme, [marker(acme, 'a')]));
		await expect.element(page.getByText(/1 will be added/)).toBeVisible();
		const other = freshOrganization();
		await tab.open(other);
		await button('Restore').click();
		const words = 'Another organization is signed in now. Nothing was restored.';
		await expect.element(page.getByText(words)).toBeVisible();
		expect([await tab.all(), shoots(tab)]).toEqual([[], []]);
	});

	test('that brings nothing new can’t be restored', async () => {
		const { tab, acme } = await show();
		await tab.mark(handed('a'));
		await choose(backupOf(acme, await tab.all()));
		await expect.element(page.getByText(/1 stays as it is\. There is nothing to restore/)).toBeVisible();
		await expect.element(button('Restore')).not.toBeInTheDocument();
	});

	test('that is no backup is refused in a sentence, and the next one may be better', async () => {
		const { acme } = await show();
		await choose(new Blob(['hello']));
		await expect.element(page.getByText(/This file is damaged, or it is not a backup/)).toBeVisible();
		await choose(backupOf(acme, [marker(acme, 'new')]));
		await expect.element(page.getByText(/1 will be added/)).toBeVisible();
		await expect.element(page.getByText(/This file is damaged/)).not.toBeInTheDocument();
	});

	test('that takes long shows how far it has come', async () => {
		const { acme } = await show();
		const slow = new File([backupOf(acme, [marker(acme, 'new')])], 'actioned.json');
		let finish = (_text: string) => {};
		const text = vi
			.spyOn(Blob.prototype, 'text')
			.mockReturnValue(new Promise((resolve) => (finish = resolve)));
		onTestFinished(() => text.mockRestore());
		await userEvent.upload(file(), slow);
		await expect.element(page.getByRole('progressbar', { name: 'Reading the file' })).toBeVisible();
		text.mockRestore();
		finish(await slow.text());
		await expect.element(page.getByText(/1 will be added/)).toBeVisible();
		await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument();
	});
});

test('where storage is refused, it says so instead of taking a file', async () => {
	const acme = freshOrganization();
	refuseToOpen('SecurityError');
	await show(await openTab(freshName(), acme));
	await expect.element(file()).toBeDisabled();
	await expect.element(page.getByText(/does not let the page keep anything/)).toBeVisible();
	await button('Download backup').click();
	await expect.element(page.getByText(/does not let the page keep anything/).nth(1)).toBeVisible();
});
