import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { JobProgress } from '$lib/download/contract';
import { Notifier } from '$lib/download/running/notifier.svelte';
import { bar, button, finished, running, saved, settled, show } from './download-dialog-helpers.ts';

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

	test.each([
		[1280, 800],
		[320, 640],
	])('failures and messages that come move no button, at %i × %i', async (width, height) => {
		await page.viewport(width, height);
		onTestFinished(() => void document.documentElement.style.removeProperty('--covered-by-messages'));
		const { rerender } = show(running());
		const top = () => button('Cancel').element().getBoundingClientRect().top;
		await expect.element(button('Cancel')).toBeVisible();
		await settled();
		const before = top();
		await rerender({ job: running({}, 1) });
		await expect.element(page.getByRole('heading', { name: '1 file failed' })).toBeVisible();
		const panel = page.getByRole('dialog').element().getBoundingClientRect();
		expect(top()).toBe(before);
		await rerender({ job: running({}, 5000) });
		await expect.element(page.getByRole('heading', { name: '5,000 files failed' })).toBeVisible();
		document.documentElement.style.setProperty('--covered-by-messages', '80px');
		expect(page.getByRole('dialog').element().getBoundingClientRect()).toEqual(panel);
		expect(top()).toBe(before);
	});

	test('Pause holds it, and the same button lets it go on, with the focus on it', async () => {
		const { calls, rerender } = show(running());
		await button('Pause').click();
		expect(calls.onpause).toHaveBeenCalledOnce();
		await rerender({ job: running({ waiting: { for: 'you' } }) });
		await expect.element(page.getByText('Paused', { exact: true })).toBeVisible();
		await expect.element(page.getByText('Hide this, and it stays paused.')).toBeVisible();
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
