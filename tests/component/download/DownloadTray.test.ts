import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import DownloadTray from '$lib/download/view/DownloadTray.svelte';
import type { Job } from '$lib/download/running/downloads.svelte';
import { UNKNOWN_PACE } from '$lib/download/running/job-view';

const job: Job = {
	id: 1,
	pace: UNKNOWN_PACE,
	filename: 'team-photos-2026-11-02.zip',
	scope: { team: null },
	round: 1,
	keptAs: null,
	next: null,
	state: {
		kind: 'running',
		progress: {
			phase: 'fetching',
			membersDone: 1,
			membersTotal: 2,
			filesDone: 2,
			filesTotal: 4,
			bytes: 84_000_000,
			share: 0,
			waiting: null,
		},
	},
	failures: [],
	notes: [],
	warning: null,
};

function show(job: Job) {
	const calls = {
		onopen: vi.fn(),
		onlist: vi.fn(),
		onpause: vi.fn(),
		onresume: vi.fn(),
		oncancel: vi.fn(),
		ondismiss: vi.fn(),
	};
	return { calls, ...render(DownloadTray, { job, hidden: false, ...calls }) };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('it shows how far the download is, opens the dialog and cancels', async () => {
	const { calls } = show(job);
	await expect
		.element(page.getByRole('progressbar', { name: 'Download progress' }))
		.toHaveAttribute('aria-valuenow', '45');
	await button('Details').click();
	await button('Cancel').click();
	expect(calls.onopen).toHaveBeenCalledOnce();
	expect(calls.oncancel).toHaveBeenCalledOnce();
});

test('it says how long it takes once that is known, and bytes before', async () => {
	const { rerender } = show(job);
	await expect.element(page.getByText('84 MB')).toBeVisible();
	const height = () => page.getByRole('region', { name: 'Download' }).element().clientHeight;
	const before = height();
	await rerender({ job: { ...job, pace: { speed: 1e6, minutes: 70 } } });
	await expect.element(page.getByText('About 1 hour 10 minutes left')).toBeVisible();
	expect(height()).toBe(before);
});

test('it pauses and resumes', async () => {
	const { calls, rerender } = show(job);
	await button('Pause').click();
	expect(calls.onpause).toHaveBeenCalledOnce();
	const { state } = job;
	if (state.kind !== 'running') throw new Error('It runs.');
	await rerender({
		job: { ...job, state: { ...state, progress: { ...state.progress, waiting: { for: 'you' } } } },
	});
	await expect.element(page.getByText('Paused', { exact: true })).toBeVisible();
	await button('Resume').click();
	expect(calls.onresume).toHaveBeenCalledOnce();
});

test('the other downloads are a press away, once there is one', async () => {
	const { calls, rerender } = show(job);
	await button('All downloads').click();
	expect(calls.onlist).toHaveBeenCalledOnce();
	await rerender({ onlist: undefined });
	await expect.element(button('All downloads')).not.toBeInTheDocument();
});

test('a finished download stays until it is dismissed', async () => {
	const { calls } = show({ ...job, state: { kind: 'finished', outcome: { kind: 'cancelled' } } });
	await expect.element(page.getByText('Download cancelled. Nothing was saved.')).toBeVisible();
	await button('Dismiss').click();
	expect(calls.ondismiss).toHaveBeenCalledOnce();
});

test('while the dialog is open it is out of sight and out of the tab order', async () => {
	const { rerender } = show(job);
	await rerender({ hidden: true });
	await expect.element(button('Cancel')).not.toBeInTheDocument();
});
