import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
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
