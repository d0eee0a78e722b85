import '@testing-library/svelte/vitest';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import Status from '$lib/ui/Status.svelte';

const said = () => page.getByRole('status').element().textContent;

test('it speaks at every tenth, not at every change', async () => {
	const { rerender } = render(Status, { message: '20%', share: 0.2, topic: 'fetching' });
	const heard = [said()];
	for (let percent = 21; percent <= 40; percent++) {
		await rerender({ message: `${percent}%`, share: percent / 100 });
		if (said() !== heard.at(-1)) heard.push(said());
	}
	expect(heard).toEqual(['20%', '30%', '40%']);
});

test('another topic is announced at once', async () => {
	const { rerender } = render(Status, { message: '21%', share: 0.21, topic: 'fetching' });
	await rerender({ message: 'Waiting for the network', share: 0.21, topic: 'network' });
	expect(said()).toBe('Waiting for the network');
});
