import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openTabs, type News } from '$lib/actioned/tabs';

const news: News = { organization: 'acme', shootIds: ['a', 'b'] };

/** A tab and what it has heard; Node has the same channels as browsers. */
function tab() {
	const heard: News[] = [];
	const tabs = openTabs((news) => heard.push(news));
	onTestFinished(() => tabs.close());
	return { heard, ...tabs };
}

describe('what one tab tells', () => {
	test('the others hear, and it itself does not', async () => {
		const [one, other] = [tab(), tab()];
		one.tell(news);
		await vi.waitFor(() => expect(other.heard).toEqual([news]));
		expect(one.heard).toEqual([]);
	});

	test('goes over a line of a name of its own, which older versions of the page know', async () => {
		const channel = new BroadcastChannel('headshot-admin:markers');
		onTestFinished(() => channel.close());
		const heard = vi.fn();
		channel.addEventListener('message', (event) => heard((event as MessageEvent).data));
		tab().tell(news);
		await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(news));
	});

	test('is not heard by one that was closed, which tells nobody any more', async () => {
		const [one, other, third] = [tab(), tab(), tab()];
		other.close();
		other.tell({ organization: 'acme', shootIds: ['nobody hears it'] });
		one.tell(news);
		await vi.waitFor(() => expect(third.heard).toEqual([news]));
		expect(other.heard).toEqual([]);
	});
});

/** A tab whose line is in the test's hands. */
function tapped() {
	const heard: News[] = [];
	let listener = (_: { data: unknown }) => {};
	const channel = {
		addEventListener: (type: string, given: typeof listener) => {
			if (type === 'message') listener = given;
		},
		postMessage: vi.fn(),
		close: vi.fn(),
	};
	const tabs = openTabs(
		(news) => heard.push(news),
		() => channel as unknown as BroadcastChannel,
	);
	return { heard, tabs, channel, say: (data: unknown) => listener({ data }) };
}

test.each<[string, unknown]>([
	['nothing', null],
	['a text', 'acme'],
	['news of nobody', { shootIds: ['a'] }],
	['news of no shoots', { organization: 'acme' }],
	['shoots by number', { organization: 'acme', shootIds: [1] }],
	['an organization by number', { organization: 1, shootIds: ['a'] }],
])('given another version of the page that says %s, nothing happens', (_, data) => {
	const { heard, say } = tapped();
	say(data);
	expect(heard).toEqual([]);
});

test('what else another version says of markers is left behind', () => {
	const { heard, say } = tapped();
	say({ ...news, colors: ['red'] });
	expect(heard).toEqual([news]);
});

test('its line is closed once', () => {
	const { tabs, channel } = tapped();
	tabs.close();
	tabs.close();
	expect(channel.close).toHaveBeenCalledTimes(1);
});

test('where there is no line to other tabs, nothing fails, and the console says why', () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	onTestFinished(() => warn.mockRestore());
	const refusal = new DOMException('no', 'SecurityError');
	const tabs = openTabs(
		() => {},
		() => {
			throw refusal;
		},
	);
	tabs.tell(news);
	tabs.close();
	expect(warn).toHaveBeenCalledWith(expect.stringContaining('other tabs'), refusal);
});
