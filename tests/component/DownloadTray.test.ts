import '@testing-library/svelte/vitest';
import '../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import DownloadTray from '$lib/download/DownloadTray.svelte';
import type { Job } from '$lib/download/downloads.svelte';

const job: Job = {
	filename: 'team-photos-2026-11-02.zip',
	scope: { team: null },
	state: {
		kind: 'running',
		progress: {
			phase: 'fetching',
			membersDone: 1,
			membersTotal: 2,
			filesDone: 2,
			filesTotal: 4,
			bytes: 0,
			share: 0,
			waiting: null,
		},
	},
	failures: [],
	notes: [],
	warning: null,
};

function show(job: Job) {
	const calls = { onopen: vi.fn(), oncancel: vi.fn(), ondismiss: vi.fn() };
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
