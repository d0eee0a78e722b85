import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { JobOutcome } from '$lib/download/contract';
import type { UnfinishedJob } from '$lib/download/kept/interrupted';
import { button, finished, running, saved, show } from './download-dialog-helpers.ts';

test('where there is hardly room, it says how much is missing, and offers what can be done', async () => {
	const { calls } = show(
		finished({ kind: 'no-room', needed: 31_000_000_000, free: 10_700_000_000, parts: [[], [], []] }),
	);
	await expect.element(page.getByText('There is hardly room for all of it.')).toBeVisible();
	await expect
		.element(page.getByText('It will take about 31 GB, and this browser has about 10.7 GB for it.'))
		.toBeVisible();
	await button('Download in 3 parts').click();
	await button('Save straight to disk…').click();
	await button('Try all at once').click();
	expect([calls.onparts, calls.ontodisk, calls.onanyway].map(({ mock }) => mock.calls.length)).toEqual([
		1, 1, 1,
	]);
});

test('where earlier archives take the room, they can be taken away', async () => {
	const noRoom = { kind: 'no-room', needed: 3e9, free: 1e9, parts: [[], []] } as const;
	const { calls, rerender } = show(finished({ ...noRoom, parts: [[], []] }));
	const remove = button('Remove earlier archives from here');
	await expect.element(button('Download in 2 parts')).toBeVisible();
	await expect.element(remove).not.toBeInTheDocument();
	await rerender({ heldBytes: 2_900_000_000 });
	await expect.element(page.getByText(/2.9 GB of this hour’s downloads are still here/)).toBeVisible();
	await remove.click();
	expect(calls.onmakeroom).toHaveBeenCalledOnce();
});

test('after a part, the next is what is offered first', async () => {
	const { calls, rerender } = show({ ...finished(saved(0)), next: { part: 2, of: 3 } });
	await button('Go on with part 2 of 3').click();
	expect(calls.onnext).toHaveBeenCalledOnce();
	await expect.element(button('Close')).toBeVisible();
	await rerender({ job: { ...finished({ kind: 'cancelled' }), next: { part: 2, of: 3 } } });
	await expect.element(button('Go on with part 2 of 3')).not.toBeInTheDocument();
});

test('what was written where the admin chose is not offered once more', async () => {
	show(finished({ ...saved(0), inPlace: true }));
	await expect.element(page.getByText('Saved as team-photos-2026-11-02.zip, where you chose.')).toBeVisible();
	await expect.element(button('Save again')).not.toBeInTheDocument();
});

test('what failed can be fetched again alone, and who is whole be marked, as long as they are not', async () => {
	const delivered = Array.from({ length: 43 }, (_, n) => {
		return { shootId: `${n}`, photoId: 'p', picture: null, email: null, member: 'Ada' };
	});
	const { calls, rerender } = show(finished({ ...saved(2), delivered }));
	await button('Save as CSV').click();
	expect(calls.onsavefailures).toHaveBeenCalledOnce();
	await button('Retry failed').click();
	expect(calls.onretryfailed).toHaveBeenCalledOnce();
	await button('Mark these 43 as actioned').click();
	expect(calls.onmark).toHaveBeenCalledExactlyOnceWith(delivered);
	// Whoever keeps the markers says what came of the press.
	await expect.element(button('Mark these 43 as actioned')).toBeEnabled();
	await rerender({ isMarked: (some) => some === delivered });
	await expect.element(button('Marked as actioned')).toHaveAttribute('aria-disabled', 'true');
	await button('Marked as actioned').click({ force: true });
	expect(calls.onmark).toHaveBeenCalledOnce();
});

describe('when a download has ended', () => {
	test('one that was cancelled says what is here of it, and the admin chooses: to go on, or to forget it', async () => {
		const { rerender } = show(finished({ kind: 'cancelled' }));
		await expect.element(button('Continue')).not.toBeInTheDocument();
		const left = { membersDone: 28, membersTotal: 45 } as UnfinishedJob;
		const chosen = { ongoon: vi.fn(), ondiscard: vi.fn() };
		await rerender({ left, ...chosen });
		await expect
			.element(page.getByText('28 of 45 members are here already, and will not be fetched again.'))
			.toBeVisible();
		await button('Continue').click();
		await button('Discard').click();
		expect([chosen.ongoon.mock.calls, chosen.ondiscard.mock.calls]).toEqual([[[left]], [[left]]]);
	});

	test('with two favorites of one member, what can be marked is counted as what it is', async () => {
		const delivered = Array.from({ length: 47 }, (_, n) => {
			return { shootId: `${n}`, photoId: 'p', picture: null, email: null, member: 'Ada' };
		});
		show(finished({ ...saved(0), delivered }));
		await expect.element(button('Mark these 47 photo shoots as actioned')).toBeVisible();
	});

	test('it says what was saved and what failed, and offers the file again', async () => {
		const { calls } = show(finished(saved(3), ['Member 7 has no profile picture.']));
		await expect
			.element(page.getByText('43 of 45 members saved; 3 files failed', { exact: true }))
			.toBeVisible();
		await expect.element(page.getByText('88 files, 213 MB, read back and verified')).toBeVisible();
		await expect.element(page.getByText('team-photos-2026-11-02.zip')).toBeVisible();
		await expect.element(page.getByText('Member 7 has no profile picture.')).not.toBeVisible();
		await page.getByText('1 note').click();
		await expect.element(page.getByText('Member 7 has no profile picture.')).toBeVisible();
		await button('Save again').click();
		expect(calls.onsaveagain).toHaveBeenCalledOnce();
		await button('Close').click();
		expect(calls.onclose).toHaveBeenCalledOnce();
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	});

	test('nothing is said about failures when there are none', async () => {
		show(finished(saved(0)));
		await expect.element(page.getByText('45 of 45 members saved', { exact: true })).toBeVisible();
		await expect.element(page.getByText(/failed/)).not.toBeInTheDocument();
	});

	test('a failed one gives its reason and starts over', async () => {
		const { calls } = show(finished({ kind: 'failed', reason: 'The disk is full.', failures: [] }));
		await expect.element(page.getByText('The disk is full.')).toBeVisible();
		await button('Try again').click();
		expect(calls.onretry).toHaveBeenCalledOnce();
	});

	test('a cancelled one says that nothing was saved', async () => {
		show(finished({ kind: 'cancelled' }));
		await expect.element(page.getByText('Download cancelled. Nothing was saved.')).toBeVisible();
		await expect.element(button('Save again')).not.toBeInTheDocument();
	});
});

describe('the focus', () => {
	afterEach(() => document.querySelectorAll('body > button').forEach((opener) => opener.remove()));

	function opener(): HTMLButtonElement {
		const opener = document.createElement('button');
		opener.textContent = 'Open';
		document.body.append(opener);
		opener.focus();
		return opener;
	}

	test('goes into the dialog and returns to what opened it', async () => {
		const from = opener();
		show(running());
		await expect.element(page.getByRole('dialog', { name: 'Download Favorites' })).toHaveFocus();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.elementLocator(from)).toHaveFocus();
	});

	test('goes to the main action when what opened it is gone', async () => {
		const home = opener();
		home.dataset.focusHome = '';
		const from = opener();
		show(running());
		await expect.element(page.getByRole('dialog')).toHaveFocus();
		from.remove();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.elementLocator(home)).toHaveFocus();
	});

	test('goes from Cancel to Close when the download ends', async () => {
		const { rerender } = show(running());
		button('Cancel').element().focus();
		await rerender({ job: finished(saved(3), ['A note.']) });
		await expect.element(button('Close')).toHaveFocus();
	});
});

describe('given a download that has finished', () => {
	test('Escape keeps it: only Close forgets what was saved and what failed', async () => {
		const { calls } = show(finished(saved(3)));
		await expect.element(page.getByRole('dialog')).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		expect(calls.onclose).not.toHaveBeenCalled();
	});

	test('what could not be read shows beside the outcome: somebody may be missing', async () => {
		const outcome = saved(0);
		show(finished({ ...outcome, skipped: ['One of the photos could not be read.'] } as JobOutcome));
		await expect.element(page.getByText(/1 item of HeadshotPro’s answer was left out/)).toBeVisible();
		await expect.element(page.getByText('One of the photos could not be read.')).toBeVisible();
	});
});
