import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TabBadge } from '$lib/ui/tab-badge';

let page: Document;
let badge: TabBadge;

beforeEach(() => {
	vi.useFakeTimers();
	page = document.implementation.createHTMLDocument('Headshots · Acme');
	const link = page.createElement('link');
	link.rel = 'icon';
	link.setAttribute('href', '/favicon.svg');
	page.head.append(link);
	badge = new TabBadge(page);
});
afterEach(() => {
	badge.dispose();
	vi.useRealTimers();
});

const icon = () => page.querySelector('link')?.getAttribute('href');
/** Observers of the document are told in a microtask. */
const told = () => Promise.resolve();

test('it stands before the page’s own title, which returns at once', async () => {
	badge.show('42% · ', '/busy.svg');
	await told();
	expect([page.title, icon()]).toEqual(['42% · Headshots · Acme', '/busy.svg']);
	badge.show('', null);
	expect([page.title, icon()]).toEqual(['Headshots · Acme', '/favicon.svg']);
});

test('another page’s title gets it too, and is the one that returns', async () => {
	badge.show('42% · ', null);
	page.title = 'Ada · Headshots';
	await told();
	expect(page.title).toBe('42% · Ada · Headshots');
	badge.show('', null);
	expect(page.title).toBe('Ada · Headshots');
});

test('the title changes once a second at most, and the last word arrives', () => {
	badge.show('1% · ', null);
	const seen = new Set<string>();
	for (let step = 2; step <= 21; step++) {
		badge.show(`${step}% · `, null);
		seen.add(page.title);
		vi.advanceTimersByTime(100);
	}
	expect(seen.size).toBeLessThanOrEqual(3);
	vi.advanceTimersByTime(1000);
	expect(page.title).toBe('21% · Headshots · Acme');
});

test('in the end it leaves nothing: no prefix, no icon, no timer', () => {
	badge.show('1% · ', '/busy.svg');
	badge.show('2% · ', '/busy.svg');
	badge.dispose();
	expect([page.title, icon(), vi.getTimerCount()]).toEqual(['Headshots · Acme', '/favicon.svg', 0]);
});
