import '@testing-library/svelte/vitest';
import '../../src/app.css';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, test, vi } from 'vitest';
import DownloadDialog from '$lib/download/DownloadDialog.svelte';
import type { FileFailure, JobOutcome, JobProgress } from '$lib/download/contract';
import type { Job } from '$lib/download/downloads.svelte';
import { Notifier } from '$lib/download/notifier.svelte';
import { UNKNOWN_PACE } from '$lib/download/pace';

const progress: JobProgress = {
	phase: 'fetching',
	membersDone: 123,
	membersTotal: 450,
	filesDone: 246,
	filesTotal: 900,
	bytes: 312_400_000,
	share: 0,
	waiting: null,
};

function failures(howMany: number): FileFailure[] {
	return Array.from({ length: howMany }, (_, index) => ({
		shootId: `shoot-${index}`,
		member: `Member ${index}`,
		email: null,
		file: 'headshot.jpg',
		reason: 'The photo host answered 404.',
	}));
}

function running(change: Partial<JobProgress> = {}, failed = 0): Job {
	return {
		id: 1,
		pace: UNKNOWN_PACE,
		filename: 'team-photos-2026-11-02.zip',
		scope: { team: { id: 'm', name: 'Marketing' } },
		next: null,
		state: { kind: 'running', progress: { ...progress, ...change } },
		failures: failures(failed),
		notes: [],
		warning: null,
	};
}

function finished(outcome: JobOutcome, notes: string[] = []): Job {
	const failed = 'failures' in outcome ? outcome.failures : [];
	return { ...running(), state: { kind: 'finished', outcome }, failures: failed, notes };
}

function saved(failed: number) {
	return {
		kind: 'saved',
		filename: 'team-photos-2026-11-02.zip',
		blob: new Blob(),
		entries: 88,
		bytes: 213_000_000,
		membersSaved: failed === 0 ? 45 : 43,
		membersTotal: 45,
		spool: null,
		inPlace: false,
		delivered: [],
		skipped: [],
		failures: failures(failed),
	} satisfies JobOutcome;
}

function show(job: Job, more: { notifier?: Notifier } = {}) {
	const calls = {
		onpause: vi.fn(),
		onresume: vi.fn(),
		oncancel: vi.fn(),
		onclose: vi.fn(),
		onsaveagain: vi.fn(),
		oncontinue: vi.fn(),
		onretry: vi.fn(),
		onretryfailed: vi.fn(),
		onsavefailures: vi.fn(),
		onparts: vi.fn(),
		ontodisk: vi.fn(),
		onanyway: vi.fn(),
		onnext: vi.fn(),
		onmark: vi.fn(),
	};
	return { calls, ...render(DownloadDialog, { open: true, job, ...calls, ...more }) };
}

/** The dialog has come in. */
async function settled(): Promise<void> {
	await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const bar = () => page.getByRole('progressbar', { name: 'Download progress' });

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

test('what failed can be fetched again alone, and who is whole be marked once', async () => {
	const delivered = [{ shootId: 's', photoId: 'p', picture: null }];
	const { calls } = show(finished({ ...saved(2), delivered }));
	await button('Save as CSV').click();
	expect(calls.onsavefailures).toHaveBeenCalledOnce();
	await button('Retry failed').click();
	expect(calls.onretryfailed).toHaveBeenCalledOnce();
	await button('Mark these 43 as actioned').click();
	await expect.element(button('Marked as actioned')).toHaveAttribute('aria-disabled', 'true');
	await button('Marked as actioned').click({ force: true });
	expect(calls.onmark).toHaveBeenCalledExactlyOnceWith(delivered);
});

describe('while a download runs', () => {
	test.each<[string, Partial<JobProgress>]>([
		['finding favorites', { phase: 'listing', membersTotal: 0 }],
		['fetching', {}],
		['packing', { phase: 'packing' }],
		['checking', { phase: 'checking' }],
		['waiting for the network', { waiting: { for: 'network' } }],
		['waiting for the server', { waiting: { for: 'server', until: Date.now() + 60_000 } }],
		['signed out', { waiting: { for: 'sign-in' } }],
	])('Cancel can be pressed: %s', async (_, change) => {
		const { calls } = show(running(change, 5000));
		await button('Cancel').click();
		expect(calls.oncancel).toHaveBeenCalledOnce();
	});

	test('it counts members and bytes, and the bar carries the value', async () => {
		show(running());
		await expect.element(page.getByText('123 of 450 members', { exact: true })).toBeVisible();
		await expect.element(page.getByText('312 MB')).toBeVisible();
		await expect.element(bar()).toHaveAttribute('aria-valuenow', '24');
		await expect.element(bar()).toHaveAttribute('aria-valuetext', '24%, 123 of 450 members');
	});

	test('the bar never goes backwards, and has no value while favorites are being found', async () => {
		const { rerender } = show(running({ phase: 'listing' }));
		await expect.element(bar()).not.toHaveAttribute('aria-valuenow');
		await rerender({ job: running({ filesDone: 450 }) });
		await expect.element(bar()).toHaveAttribute('aria-valuenow', '45');
		await rerender({ job: running({ filesDone: 451, filesTotal: 1800 }) });
		await expect.element(bar()).toHaveAttribute('aria-valuenow', '45');
		await rerender({ job: running({ phase: 'packing', share: 0 }) });
		await expect.element(bar()).toHaveAttribute('aria-valuenow', '90');
	});

	test('speed and time left appear once they are known, and nothing moves', async () => {
		const { rerender } = show(running());
		const top = () => button('Cancel').element().getBoundingClientRect().top;
		await expect.element(button('Cancel')).toBeVisible();
		await expect.element(page.getByText(/left$/)).not.toBeInTheDocument();
		await settled();
		const before = top();
		await rerender({ job: { ...running(), pace: { speed: 12_300_000, minutes: null } } });
		expect(top()).toBe(before);
		await rerender({ job: { ...running(), pace: { speed: 12_300_000, minutes: 3 } } });
		await expect.element(page.getByText('About 3 minutes left')).toBeVisible();
		await expect.element(page.getByText('12.3 MB/s')).toBeVisible();
		expect(top()).toBe(before);
	});

	test('Pause holds it, and the same button lets it go on, with the focus on it', async () => {
		const { calls, rerender } = show(running());
		await button('Pause').click();
		expect(calls.onpause).toHaveBeenCalledOnce();
		await rerender({ job: running({ waiting: { for: 'you' } }) });
		await expect.element(page.getByText('Paused', { exact: true })).toBeVisible();
		await expect.element(page.getByRole('status')).toHaveTextContent('Standing still: it is paused');
		await expect.element(button('Resume')).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		expect(calls.onresume).toHaveBeenCalledOnce();
	});

	test.each(['listing', 'packing', 'checking'] as const)('there is nothing to pause: %s', async (phase) => {
		const { calls } = show(running({ phase }));
		await expect.element(button('Pause')).toHaveAttribute('aria-disabled', 'true');
		await button('Pause').click({ force: true });
		expect(calls.onpause).not.toHaveBeenCalled();
	});

	test('a pause of the server counts down', async () => {
		show(running({ waiting: { for: 'server', until: Date.now() + 12_000 } }));
		await expect.element(page.getByText('Paused by the server for 12 s')).toBeVisible();
		await expect.element(page.getByText('Paused by the server for 11 s')).toBeVisible();
	});

	test('without a network it says so', async () => {
		show(running({ waiting: { for: 'network' } }));
		await expect.element(page.getByText('Waiting for the network', { exact: true })).toBeVisible();
	});

	test('signed out, it says what to do and goes on with Continue', async () => {
		const { calls } = show(running({ waiting: { for: 'sign-in' } }));
		await expect
			.element(page.getByText('Sign in to HeadshotPro in another tab, then press Continue.'))
			.toBeVisible();
		await button('Continue').click();
		expect(calls.oncontinue).toHaveBeenCalledOnce();
	});

	test('Hide and Escape close the dialog and leave the job alone', async () => {
		const { calls, rerender } = show(running());
		await button('Hide').click();
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		await rerender({ open: true });
		await expect.element(page.getByRole('dialog')).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		expect(calls.oncancel).not.toHaveBeenCalled();
		expect(calls.onclose).not.toHaveBeenCalled();
	});

	test('of thousands of failures the newest hundred are listed', async () => {
		show(running({}, 5000));
		await expect.element(page.getByRole('heading', { name: '5,000 files failed' })).toBeVisible();
		expect(page.getByRole('listitem').elements()).toHaveLength(100);
		await expect.element(page.getByRole('listitem').first()).toHaveTextContent('Member 4999');
		await expect.element(page.getByText('and 4,900 earlier files')).toBeInTheDocument();
	});

	test('it is heard at every tenth, when it waits, and at the end', async () => {
		const status = () => page.getByRole('status').element();
		const { rerender } = show(running({ filesDone: 200 }));
		const region = status();
		expect(region.textContent).toBe('20% done');
		await rerender({ job: running({ filesDone: 250 }) });
		expect(region.textContent).toBe('20% done');
		await rerender({ job: running({ filesDone: 301 }) });
		expect(region.textContent).toBe('30% done');
		await rerender({ job: running({ filesDone: 302, waiting: { for: 'network' } }) });
		expect(region.textContent).toBe('Standing still: there is no network');
		await rerender({ job: finished(saved(3)) });
		expect(region.textContent).toBe('43 of 45 members saved; 3 files failed');
		expect(status()).toBe(region);
	});

	test('a pressed Cancel is not pressed twice', async () => {
		const { calls, rerender } = show(running());
		await rerender({ job: { ...running(), state: { kind: 'cancelling' } } });
		await expect.element(button('Cancel')).toHaveAttribute('aria-disabled', 'true');
		await button('Cancel').click({ force: true });
		expect(calls.oncancel).not.toHaveBeenCalled();
	});
});

describe('given a browser with notifications', () => {
	afterEach(() => localStorage.clear());

	function notifier(answer: NotificationPermission) {
		const requestPermission = vi.fn(async () => answer);
		const Notification = Object.assign(vi.fn(), { permission: 'default' as const, requestPermission });
		return {
			requestPermission,
			notifier: new Notifier({ Notification, hidden: () => true, focus: vi.fn() }),
		};
	}

	const box = () => page.getByRole('checkbox', { name: 'Tell me when it is done' });
	const long = { ...running(), pace: { speed: 1e6, minutes: 4 } };

	test('of a download that takes more than a minute the admin can be told; only a press asks the browser', async () => {
		const { notifier: teller, requestPermission } = notifier('granted');
		const { rerender } = show(running(), { notifier: teller });
		await expect.element(button('Cancel')).toBeVisible();
		await expect.element(box()).not.toBeInTheDocument();
		await rerender({ job: long });
		await expect.element(box()).not.toBeChecked();
		expect(requestPermission).not.toHaveBeenCalled();
		await box().click();
		await expect.element(box()).toBeChecked();
		expect(requestPermission).toHaveBeenCalledOnce();
		await rerender({ job: { ...running(), pace: { speed: 1e6, minutes: 0 } } });
		await expect.element(box()).toBeChecked();
		await box().click();
		await expect.element(box()).not.toBeChecked();
	});

	test('a browser that says no is quoted, and the tick is gone', async () => {
		show(long, { notifier: notifier('denied').notifier });
		await box().click();
		await expect
			.element(page.getByText('The browser does not allow notifications from this page.'))
			.toBeVisible();
		await expect.element(box()).not.toBeChecked();
	});
});

describe('when a download has ended', () => {
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
		await expect.element(page.getByText(/1 item of HeadshotPro’s answer could not be read/)).toBeVisible();
		await expect.element(page.getByText('One of the photos could not be read.')).toBeVisible();
	});
});
