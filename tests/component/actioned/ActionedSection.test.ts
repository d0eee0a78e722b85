import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { createRawSnippet, type Snippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import ActionedSection from '$lib/actioned/ActionedSection.svelte';
import type { Saved } from '$lib/actioned/markers.svelte';
import type { ActionedEntry } from '$lib/actioned/row';
import type { FinishedShoot } from '$lib/members/member';
import { marker } from './markers-helpers';

const at = new Date(2026, 10, 24, 12).getTime();

function shoot(id: string): FinishedShoot {
	return {
		id,
		memberId: id,
		email: `${id}@example.com`,
		name: `Name of ${id}`,
		title: 'Analyst',
		team: null,
		finishedAt: 0,
		favorite: null,
		isTest: false,
	};
}

function favorite(photoId: string): NonNullable<FinishedShoot['favorite']> {
	const url = { url: `/missing/${photoId}.jpg`, expiresAt: null };
	return { photoId, headshot: url, thumbnail: url, profilePicture: { kind: 'none' } };
}

function entry(id: string, change: Partial<ActionedEntry> & { note?: string } = {}): ActionedEntry {
	const { note = '', ...rest } = change;
	return { marker: marker('acme', id, { at, note }), shoot: shoot(id), changed: false, ...rest };
}

function show(
	rows: ActionedEntry[],
	props: { open?: boolean; readOnly?: string | null; saving?: string[]; header?: Snippet } = {},
) {
	const { saving = [], ...rest } = props;
	const onundo = vi.fn<(shootIds: string[]) => void>();
	const onnote = vi.fn(async (): Promise<Saved> => ({ ok: true }));
	const isSaving = (shootId: string) => saving.includes(shootId);
	const onopen = (wanted: boolean) => void shown.rerender({ open: wanted });
	const onactions = vi.fn<(shoot: FinishedShoot, button: HTMLElement) => void>();
	const hrefOf = (one: FinishedShoot) => `#${one.id}`;
	const picking = { isPicked: (id: string) => id === 'eve', onpick: vi.fn() };
	const calls = { ...picking, isSaving, onopen, onundo, onnote, hrefOf, menuOf: null, onactions };
	const shown = render(ActionedSection, { rows, open: true, ...rest, ...calls });
	return { ...calls, ...shown };
}

const section = () => page.getByRole('region', { name: 'Actioned', exact: true });
const disclosure = () => section().getByRole('button', { name: 'Actioned' });
const row = (id: string) =>
	section()
		.getByRole('listitem')
		.filter({ hasText: `${id}@example.com` });
const button = (id: string, name: string) => row(id).getByRole('button', { name, exact: true });

test('it is closed at first, shows how many there are, and opens', async () => {
	show([entry('ada'), entry('bob')], { open: false });
	await expect.element(disclosure()).toHaveAttribute('aria-expanded', 'false');
	await expect.element(disclosure()).toHaveTextContent('2');
	expect(section().getByRole('listitem').elements()).toHaveLength(0);
	await disclosure().click();
	await expect.element(disclosure()).toHaveAttribute('aria-expanded', 'true');
	expect(section().getByRole('listitem').elements()).toHaveLength(2);
});

test('a row says who it is and since when', async () => {
	show([entry('ada')]);
	await expect.element(row('ada')).toHaveTextContent('Name of ada');
	await expect.element(row('ada')).toHaveTextContent('Analyst');
	await expect.element(row('ada')).toHaveTextContent('Actioned Nov 24, 2026');
	await expect.element(row('ada')).not.toHaveTextContent('Saving…');
});

test('a note that was written later does not change since when', async () => {
	const noted = marker('acme', 'ada', { at: at + 6 * 86_400_000, actionedAt: at, note: 'sent' });
	show([entry('ada', { marker: noted })]);
	await expect.element(row('ada')).toHaveTextContent('Actioned Nov 24, 2026');
});

test('its name leads to the gallery, and its Actions button says whose menu is wanted', async () => {
	const { onactions } = show([entry('ada'), entry('bob')]);
	await expect.element(row('bob').getByRole('link', { name: 'Name of bob' })).toHaveAttribute('href', '#bob');
	const actions = button('bob', 'Actions for Name of bob');
	await expect.element(actions).toHaveAttribute('aria-expanded', 'false');
	await actions.click();
	expect(onactions).toHaveBeenCalledExactlyOnceWith(shoot('bob'), actions.element());
});

test('a box picks it, with Shift up to it; who is gone has none', async () => {
	const { onpick } = show([entry('ada'), entry('bob', { shoot: null }), entry('eve')]);
	const box = (id: string) => row(id).getByRole('checkbox');
	await expect.element(box('ada')).not.toBeChecked();
	await expect.element(box('eve')).toBeChecked();
	await box('ada').click();
	await box('eve').click({ modifiers: ['Shift'] });
	expect(onpick.mock.calls).toEqual([
		['ada', false, ['ada', 'eve']],
		['eve', true, ['ada', 'eve']],
	]);
	expect(section().getByRole('checkbox').elements()).toHaveLength(2);
});

test('it says which are not saved yet', async () => {
	show([entry('ada'), entry('bob')], { saving: ['bob'] });
	await expect.element(row('bob')).toHaveTextContent('Saving…');
	await expect.element(row('ada')).not.toHaveTextContent('Saving…');
});

test('a shoot that has vanished keeps the name that it was marked with', async () => {
	show([entry('ada', { shoot: null })]);
	await expect.element(row('ada')).toHaveTextContent('ADA');
	await expect.element(row('ada')).toHaveTextContent('No longer among the finished photo shoots');
	// There is no gallery to go to, and nothing to fetch.
	expect(row('ada').getByRole('link').elements()).toEqual([]);
	expect(
		row('ada')
			.getByRole('button', { name: /Actions/ })
			.elements(),
	).toEqual([]);
});

test('a favorite chosen since leads back to Finished', async () => {
	const another = { ...shoot('ada'), favorite: favorite('another') };
	const { onundo } = show([entry('ada', { shoot: another, changed: true }), entry('bob')]);
	await expect.element(row('ada')).toHaveTextContent('Chose another favorite since');
	await expect.element(row('bob')).not.toHaveTextContent('Chose another favorite since');
	await button('ada', 'Back to Finished').click();
	expect(onundo).toHaveBeenCalledExactlyOnceWith(['ada']);
});

test.each([
	['no longer has one', 'p-1', null, 'Has no favorite any more'],
	['has one at last', null, 'p-1', 'Chose a favorite since'],
])('it says how the favorite has changed: a member who %s', async (_, then, now, words) => {
	const changed = { ...shoot('ada'), favorite: now === null ? null : favorite(now) };
	show([
		entry('ada', { marker: marker('acme', 'ada', { at, photoId: then }), shoot: changed, changed: true }),
	]);
	await expect.element(row('ada')).toHaveTextContent(words);
	await expect.element(row('ada')).not.toHaveTextContent('another favorite');
});

describe('Undo', () => {
	test('undoes that shoot', async () => {
		const { onundo } = show([entry('ada'), entry('bob')]);
		await button('bob', 'Undo').click();
		expect(onundo).toHaveBeenCalledExactlyOnceWith(['bob']);
	});

	test.each([
		[['ada', 'bob', 'eve'], 'bob', 'eve'],
		[['ada', 'bob'], 'bob', 'ada'],
	])('of %o: from %s the focus goes to %s', async (ids, undone, next) => {
		const { onundo, rerender } = show(ids.map((id) => entry(id)));
		onundo.mockImplementation(
			([gone]) => void rerender({ rows: ids.filter((id) => id !== gone).map((id) => entry(id)) }),
		);
		await button(undone, 'Undo').click();
		await expect.element(button(next, 'Undo')).toHaveFocus();
	});

	test('of the last one: the focus goes to the heading', async () => {
		const { onundo, rerender } = show([entry('ada')]);
		onundo.mockImplementation(() => void rerender({ rows: [] }));
		await button('ada', 'Undo').click();
		await expect.element(disclosure()).toHaveFocus();
		await expect.element(section()).toHaveTextContent('Nobody is marked as actioned.');
	});
});

describe('a note', () => {
	const field = () => page.getByRole('textbox', { name: 'Note for Name of ada' });

	test('is added with Enter, and the focus returns', async () => {
		const { onnote } = show([entry('ada')]);
		await button('ada', 'Add note').click();
		await expect.element(field()).toHaveFocus();
		await userEvent.keyboard('sent to print{Enter}');
		expect(onnote).toHaveBeenCalledExactlyOnceWith('ada', 'sent to print');
		await expect.element(button('ada', 'Add note')).toHaveFocus();
	});

	test('is edited with Save', async () => {
		const { onnote } = show([entry('ada', { note: 'sent' })]);
		await expect.element(row('ada')).toHaveTextContent('sent');
		await button('ada', 'Edit note').click();
		await expect.element(field()).toHaveValue('sent');
		await field().fill('printed');
		await button('ada', 'Save').click();
		expect(onnote).toHaveBeenCalledExactlyOnceWith('ada', 'printed');
		await expect.element(field()).not.toBeInTheDocument();
	});

	test.each(['Escape', 'Cancel'])('is left as it was with %s', async (how) => {
		const { onnote } = show([entry('ada')]);
		await button('ada', 'Add note').click();
		await userEvent.keyboard('oops');
		if (how === 'Escape') await userEvent.keyboard('{Escape}');
		else await button('ada', 'Cancel').click();
		expect(onnote).not.toHaveBeenCalled();
		await expect.element(button('ada', 'Add note')).toHaveFocus();
	});

	test('that could not be saved stays in its field, with the reason', async () => {
		const { onnote } = show([entry('ada')]);
		onnote.mockResolvedValue({ ok: false, reason: 'The disk is full.' });
		await button('ada', 'Add note').click();
		await userEvent.keyboard('sent{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
		await expect.element(field()).toHaveValue('sent');
		await expect.element(field()).toHaveAccessibleDescription('The disk is full.');
	});

	test('that is being typed stays when its row is scrolled away, and when the list is closed', async () => {
		const { container } = show(Array.from({ length: 300 }, (_, n) => entry(n === 0 ? 'ada' : `m${n}`)));
		container.setAttribute('style', 'block-size: 400px; overflow-y: auto');
		await button('ada', 'Add note').click();
		await userEvent.keyboard('sent to pri');
		await disclosure().click();
		await disclosure().click();
		await expect.element(field()).toHaveValue('sent to pri');
		await page.getByText('Name of m2', { exact: true }).click();
		container.scrollTo({ top: container.scrollHeight });
		await expect.element(field()).not.toBeInTheDocument();
		container.scrollTo({ top: 0 });
		await expect.element(field()).toHaveValue('sent to pri');
		// Nobody has asked for it just now.
		await expect.element(field()).not.toHaveFocus();
		await field().fill('sent to print');
		await button('ada', 'Cancel').click();
		await button('ada', 'Add note').click();
		await expect.element(field()).toHaveValue('');
	});

	test('takes 500 characters at most', async () => {
		show([entry('ada')]);
		await button('ada', 'Add note').click();
		await expect.element(field()).toHaveAttribute('maxlength', '500');
	});
});

test('read-only, it says why, and nothing can be pressed', async () => {
	const { onundo } = show([entry('ada', { changed: true })], { readOnly: 'Storage is turned off.' });
	await expect.element(page.getByText('Storage is turned off.')).toBeVisible();
	for (const name of ['Undo', 'Add note', 'Back to Finished']) {
		await expect.element(button('ada', name)).toHaveAttribute('aria-disabled', 'true');
		await button('ada', name).click({ force: true });
	}
	expect(onundo).not.toHaveBeenCalled();
	await expect
		.element(button('ada', 'Undo'))
		.toHaveAccessibleDescription('Name of ada Storage is turned off.');
});

test('the caller’s buttons stand beside the heading', async () => {
	const header = createRawSnippet(() => ({ render: () => '<button>Backup</button>' }));
	show([], { header });
	await expect.element(section().getByRole('button', { name: 'Backup' })).toBeVisible();
});
