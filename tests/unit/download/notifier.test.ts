import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Notifier } from '$lib/download/running/notifier.svelte';

const kept = new Map<string, string>();
beforeEach(() => {
	kept.clear();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
	});
	return () => vi.unstubAllGlobals();
});

/** A browser with this permission, which answers the admin's next question so. */
function browser(permission: NotificationPermission, answer: NotificationPermission = permission) {
	const shown: Shown[] = [];
	class Shown {
		static permission = permission;
		static requestPermission = vi.fn(async () => answer);
		onclick: (() => void) | null = null;
		closed = false;
		title: string;
		body: string | undefined;
		tag: string | undefined;

		constructor(title: string, { body, tag }: NotificationOptions = {}) {
			this.title = title;
			this.body = body;
			this.tag = tag;
			shown.push(this);
		}

		close(): void {
			this.closed = true;
		}
	}
	const page = { Notification: Shown, hidden: vi.fn(() => true), focus: vi.fn() };
	return { page, shown, asked: Shown.requestPermission };
}

describe('the browser’s question', () => {
	test('comes with a press only, and its yes is remembered for the next visit', async () => {
		const { page, asked } = browser('default', 'granted');
		const notifier = new Notifier(page);
		notifier.tell('Done', '');
		expect([notifier.offered, notifier.on, asked.mock.calls.length]).toEqual([true, false, 0]);
		await notifier.want(true);
		expect([notifier.on, notifier.refused, asked.mock.calls.length]).toEqual([true, false, 1]);
		expect([...kept]).toEqual([['headshot-admin:tell-when-done', 'yes']]);
		const next = browser('granted');
		expect([new Notifier(next.page).on, next.asked.mock.calls.length]).toEqual([true, 0]);
	});

	test('answered with no: it is off, and says why', async () => {
		const notifier = new Notifier(browser('default', 'denied').page);
		await notifier.want(true);
		expect([notifier.on, notifier.refused, notifier.offered]).toEqual([false, true, true]);
		expect(new Notifier(browser('denied').page).offered).toBe(false);
		await notifier.want(false);
		expect(notifier.refused).toBe(false);
	});

	test('is not put again to a browser that said yes before', async () => {
		const { page, asked } = browser('granted');
		const notifier = new Notifier(page);
		expect(notifier.on).toBe(false);
		await notifier.want(true);
		await notifier.want(false);
		expect([notifier.on, asked.mock.calls.length, new Notifier(page).on]).toEqual([false, 0, false]);
		expect([...kept.values()]).toEqual(['no']);
	});

	test('is not put to who doesn’t want to be told', async () => {
		const { page, asked } = browser('default', 'granted');
		await new Notifier(page).want(false);
		expect(asked).not.toHaveBeenCalled();
	});

	test('does not exist where there are no notifications', async () => {
		const notifier = new Notifier(null);
		await notifier.want(true);
		notifier.tell('Done', '');
		expect([notifier.offered, notifier.on]).toEqual([false, false]);
	});
});

describe('a message', () => {
	async function on() {
		const all = browser('granted');
		const notifier = new Notifier(all.page);
		await notifier.want(true);
		return { ...all, notifier };
	}

	test('shows when nobody looks at the tab; a press on it leads there', async () => {
		const { notifier, shown, page } = await on();
		notifier.tell('Download finished', '45 of 45 members saved');
		expect(shown).toMatchObject([{ title: 'Download finished', body: '45 of 45 members saved' }]);
		shown[0]?.onclick?.();
		expect([page.focus.mock.calls.length, shown[0]?.closed]).toEqual([1, true]);
	});

	test('takes the place of the one before it', async () => {
		const { notifier, shown } = await on();
		notifier.tell('Download finished', '');
		notifier.tell('Download failed', '');
		const tags = shown.map(({ tag }) => tag);
		expect(tags).toEqual(['headshot-admin-download', 'headshot-admin-download']);
	});

	test('does not show to who doesn’t want it, whatever the browser allows', () => {
		const { page, shown } = browser('granted');
		const notifier = new Notifier(page);
		notifier.tell('Download finished', '');
		expect(shown).toEqual([]);
		expect(() => notifier.clear()).not.toThrow();
	});

	test('does not show over a page that is seen, and goes when the admin is back', async () => {
		const { notifier, shown, page } = await on();
		page.hidden.mockReturnValueOnce(false);
		notifier.tell('Download finished', '');
		expect(shown).toEqual([]);
		notifier.tell('Download finished', '');
		notifier.clear();
		expect(shown[0]?.closed).toBe(true);
	});

	test('that the browser refuses to show ends nothing', async () => {
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
		const { notifier, page } = await on();
		page.Notification = class extends page.Notification {
			constructor(title: string) {
				super(title);
				throw new TypeError('Illegal constructor');
			}
		};
		expect(() => notifier.tell('Download finished', '')).not.toThrow();
		expect(warn).toHaveBeenCalledWith('The browser shows no notification.', expect.any(TypeError));
	});
});
