import '@testing-library/svelte/vitest';
import { render } from '@testing-library/svelte';
import { flushSync, type Component } from 'svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import Lazy, { loadAhead } from '$lib/ui/Lazy.svelte';
import Notice from '$lib/ui/Notice.svelte';

const notice = () => Promise.resolve({ default: Notice });

function show(load: typeof notice, onfailed?: () => void) {
	const props = { load, wanted: true, props: { title: 'Here' }, onfailed };
	// The component is generic, which its tests need not be.
	return render(Lazy as unknown as Component<typeof props>, { props });
}

test('what was loaded ahead is there in the same moment, and is not imported again', async () => {
	const load = vi.fn(notice);
	await loadAhead(load);
	const { container } = show(load);
	flushSync();
	expect(container.textContent).toContain('Here');
	show(load);
	await expect.poll(() => page.getByText('Here').elements().length).toBe(2);
	expect(load).toHaveBeenCalledOnce();
});

test('what could not be loaded ahead is asked for again by whoever needs it', async () => {
	const load = vi.fn(notice).mockRejectedValueOnce(new Error('no network'));
	await expect(loadAhead(load)).rejects.toThrow('no network');
	show(load);
	await expect.element(page.getByText('Here')).toBeInTheDocument();
});

test('what is wanted and can’t be loaded is told, and may be wanted again', async () => {
	const load = vi.fn(notice).mockRejectedValueOnce(new Error('no network'));
	const onfailed = vi.fn();
	vi.spyOn(console, 'error').mockImplementation(() => {});
	const { rerender } = show(load, onfailed);
	await expect.poll(() => onfailed.mock.calls.length).toBe(1);
	await rerender({ wanted: false });
	await rerender({ wanted: true });
	await expect.element(page.getByText('Here')).toBeInTheDocument();
});
