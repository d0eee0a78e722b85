import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { afterEach, expect, test, vi } from 'vitest';
import { readBackup } from '$lib/actioned/backup';
import { holdBusy } from '$lib/offline/other-tabs';
import { Snapshots } from '$lib/offline/snapshots.svelte';
import DeviceDialog from '$lib/screens/device/DeviceDialog.svelte';
import type { Session } from '$lib/session/session.svelte';
import { freshOrganization, handed, openTab } from '../actioned/markers-helpers';
import { data } from './screen-helpers.svelte.ts';
import { freshName, openStore, refuseToOpen } from '../storage/storage-helpers';

afterEach(() => localStorage.removeItem('headshot-admin:keep-members'));

const source = 'https://app.example.com/api/v2';
const button = (name: string) => page.getByRole('button', { name, exact: true });
const forget = button('Forget this device…');

interface Setup {
	/** Of this organization, by shoot. */
	actioned?: string[];
	running?: boolean;
	/** Another tab has switched the members' keeping off. */
	offElsewhere?: boolean;
	name?: string;
}

/** The dialog over what one organization's visit keeps; whatever leaves it is watched. */
async function show({
	actioned = [],
	running = false,
	offElsewhere = false,
	name = freshName(),
}: Setup = {}) {
	const uid = freshOrganization();
	const roster = { data: data({ organization: { uid, name: 'Acme' } }), whole: true, kept: false };
	const store = openStore(name);
	const snapshots = new Snapshots({ store, source });
	const markers = await openTab(name, uid);
	if (actioned.length > 0) await markers.mark(handed(...actioned));
	await snapshots.named(uid);
	await snapshots.keep(roster.data);
	if (offElsewhere) await new Snapshots({ store, source }).set(false);
	const save = vi.fn<(blob: Blob, filename: string) => void>();
	const thumbnails = { clear: vi.fn() };
	const session = { snapshots, thumbnails, markers, roster, downloads: { running }, store, save };
	const calls = { onclose: vi.fn(), onforget: vi.fn() };
	render(DeviceDialog, { session: session as unknown as Session, open: true, ...calls });
	/** As the session leaves it when the backend refuses: nobody is shown any more, and the markers stay open. */
	const signOut = () => {
		roster.data = data({ organization: { uid: '', name: '' } });
	};
	return { uid, signOut, snapshots, thumbnails, markers, save, ...calls };
}

test('it says what is kept; switched off, it is removed, and on again it is kept again', async () => {
	const { uid, snapshots, thumbnails } = await show();
	const box = page.getByRole('checkbox', { name: 'Keep it in this browser' });
	await expect.element(page.getByText(/^Kept as of .*, with no pictures\.$/)).toBeVisible();
	await box.click();
	await expect.element(page.getByText('The list of members was removed, and is kept no more.')).toBeVisible();
	await expect.element(page.getByText('Nothing is kept just now.')).toBeVisible();
	expect(await snapshots.find(uid)).toBeNull();
	expect(thumbnails.clear).toHaveBeenCalledOnce();
	await box.click();
	await expect.element(page.getByText('The list of members is kept again.')).toBeVisible();
	await expect.element(page.getByText(/^Kept as of/)).toBeVisible();
	expect(await snapshots.find(uid)).not.toBeNull();
});

test('what another tab has switched off is shown as off', async () => {
	await show({ offElsewhere: true });
	await expect.element(page.getByRole('checkbox', { name: 'Keep it in this browser' })).not.toBeChecked();
});

test('forgetting takes two presses, and names the markers that would be lost', async () => {
	const { uid, save, onforget, onclose } = await show({ actioned: ['a', 'b'] });
	await forget.click();
	await expect.element(page.getByRole('dialog', { name: 'Forget this device?' })).toBeVisible();
	expect(onforget).not.toHaveBeenCalled();
	await expect.element(page.getByText('2 actioned markers of Acme will be lost')).toBeVisible();
	await button('Download backup').click();
	await expect.element(page.getByText(/with 2 markers, is among your downloads\.$/)).toBeVisible();
	expect(await readBackup(save.mock.calls[0]![0], uid)).toMatchObject({ kind: 'ok' });
	await button('Forget everything').click();
	await expect.poll(() => onforget.mock.calls.length).toBe(1);
	expect(onclose).not.toHaveBeenCalled();
});

test('with nobody actioned it threatens no loss, and Back leads back', async () => {
	const { onforget } = await show();
	await forget.click();
	await expect.element(page.getByText('This goes, and can’t be brought back:')).toBeVisible();
	await expect.element(page.getByText(/will be lost/)).not.toBeInTheDocument();
	await button('Back').click();
	await expect.element(page.getByRole('dialog', { name: 'What this browser keeps' })).toBeVisible();
	expect(onforget).not.toHaveBeenCalled();
});

test('markers of other organizations are named, too', async () => {
	const name = freshName();
	const elsewhere = await openTab(name, freshOrganization());
	await elsewhere.mark(handed('x'));
	await show({ actioned: ['a'], name });
	await forget.click();
	await expect.element(page.getByText('1 actioned marker of Acme will be lost')).toBeVisible();
	await expect.element(page.getByText(/It is kept in this browser only, with its note\./)).toBeVisible();
	await expect
		.element(page.getByText(/And 1 actioned marker of other organizations: back them up where/))
		.toBeVisible();
});

test('after a sign-out, what is open can still be backed up, and what is kept is told', async () => {
	const { uid, save, signOut } = await show({ actioned: ['a'] });
	signOut();
	await expect.element(page.getByText(/^Kept as of/)).toBeVisible();
	await forget.click();
	await expect.element(page.getByText('1 actioned marker of this organization will be lost')).toBeVisible();
	await button('Download backup').click();
	await expect.element(page.getByText(/with 1 marker, is among your downloads\.$/)).toBeVisible();
	expect(await readBackup(save.mock.calls[0]![0], uid)).toMatchObject({ kind: 'ok' });
});

test('of organizations that are not open no backup is offered', async () => {
	const name = freshName();
	const elsewhere = await openTab(name, freshOrganization());
	await elsewhere.mark(handed('x', 'y'));
	await show({ name });
	await forget.click();
	await expect
		.element(page.getByText('2 actioned markers of other organizations will be lost'))
		.toBeVisible();
	await expect.element(button('Download backup')).not.toBeInTheDocument();
});

test('while a download runs here, it can’t be forgotten, and says why', async () => {
	await show({ running: true });
	await expect.element(forget).toHaveAttribute('aria-disabled', 'true');
	await expect
		.element(page.getByText('A download is running. Cancel it first, or wait for it.'))
		.toBeVisible();
});

test('a download that begins in another tab meanwhile is not disturbed', async () => {
	const { onforget } = await show();
	await forget.click();
	await expect.element(button('Forget everything')).toBeEnabled();
	const release = holdBusy();
	await expect
		.poll(async () => (await navigator.locks.query()).held?.some(({ name }) => name?.endsWith(':busy')))
		.toBe(true);
	await button('Forget everything').click();
	await expect.element(page.getByText(/^A download is running in another tab/)).toBeVisible();
	expect(onforget).not.toHaveBeenCalled();
	release();
});

test('where storage is refused, nothing is kept, and the loss can’t be counted', async () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	refuseToOpen('SecurityError');
	await show();
	await expect.element(page.getByText('Nothing is kept just now.')).toBeVisible();
	await forget.click();
	await expect.element(page.getByText('Who is actioned will be lost')).toBeVisible();
	warn.mockRestore();
});
