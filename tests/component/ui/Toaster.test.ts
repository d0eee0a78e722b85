import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import Toaster from '$lib/ui/Toaster.svelte';
import { Toasts } from '$lib/ui/toasts.svelte';

function show() {
	const toasts = new Toasts();
	render(Toaster, { toasts });
	return toasts;
}

test('a message is said, with one thing to do about it, and goes with it', async () => {
	const toasts = show();
	const undo = vi.fn();
	toasts.show('Ada marked as actioned', { label: 'Undo', run: undo });
	await expect.element(page.getByRole('status')).toHaveTextContent('Ada marked as actioned');
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(undo).toHaveBeenCalledOnce();
	await expect.element(page.getByText('Ada marked as actioned')).not.toBeInTheDocument();
});

test('older messages make room', async () => {
	const toasts = show();
	for (const n of [1, 2, 3, 4, 5]) toasts.show(`message ${n}`);
	await expect.element(page.getByText('message 5')).toBeVisible();
	expect(toasts.list.map(({ message }) => message)).toEqual(['message 3', 'message 4', 'message 5']);
});

describe('a notice', () => {
	test('stays, whatever comes after it, until it is dismissed, which is told', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const toasts = show();
		const left = vi.fn();
		toasts.keep('Keep a backup.', { label: 'Backup', run: () => {} }, left);
		for (const n of [1, 2, 3, 4]) toasts.show(`message ${n}`);
		expect(toasts.list.map(({ message }) => message)).toEqual([
			'Keep a backup.',
			'message 2',
			'message 3',
			'message 4',
		]);
		vi.advanceTimersByTime(60_000);
		expect(toasts.list.map(({ message }) => message)).toEqual(['Keep a backup.']);
		vi.useRealTimers();
		expect(left).not.toHaveBeenCalled();
		await page.getByRole('button', { name: 'Dismiss' }).click();
		expect([toasts.list, left.mock.calls.length]).toEqual([[], 1]);
	});

	test('is left by what can be done about it, too', async () => {
		const toasts = show();
		const [run, left] = [vi.fn(), vi.fn()];
		toasts.keep('Keep a backup.', { label: 'Backup', run }, left);
		await expect.element(page.getByRole('status')).toHaveTextContent('Keep a backup.');
		await page.getByRole('button', { name: 'Backup' }).click();
		expect([toasts.list, run.mock.calls.length, left.mock.calls.length]).toEqual([[], 1, 1]);
	});

	test('said once more is in sight once, and does what it was last said to do', async () => {
		const toasts = show();
		const [left, run] = [vi.fn(), vi.fn()];
		for (const action of [vi.fn(), run])
			toasts.keep('Keep a backup.', { label: 'Backup', run: action }, left);
		await page.getByRole('button', { name: 'Backup' }).click();
		expect([toasts.list, run.mock.calls.length, left.mock.calls.length]).toEqual([[], 1, 1]);
	});

	test('on a phone waits behind the newest message, and hides none', async () => {
		await page.viewport(320, 640);
		onTestFinished(() => page.viewport(1280, 720));
		const toasts = show();
		toasts.keep('Keep a backup.', { label: 'Backup', run: () => {} }, () => {});
		toasts.show('Ada marked as actioned', { label: 'Undo', run: () => {} });
		await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
		await expect.element(page.getByText('Keep a backup.')).not.toBeVisible();
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect.element(page.getByText('Keep a backup.')).toBeVisible();
	});
});

test('a message goes by itself, but not under the pointer; a failure stays until it is dismissed', async () => {
	vi.useFakeTimers();
	const toasts = show();
	toasts.show('done');
	toasts.fail('failed');
	toasts.hold(true);
	vi.advanceTimersByTime(60_000);
	expect(toasts.list).toHaveLength(2);
	toasts.hold(false);
	vi.advanceTimersByTime(60_000);
	vi.useRealTimers();
	expect(toasts.list.map(({ message }) => message)).toEqual(['failed']);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	expect(toasts.list).toEqual([]);
});
