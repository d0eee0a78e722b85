import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isRecent, MemorySentLog, together, type SentLog } from '$lib/access/sent-log';
import { deferred } from '../backend/client-helpers.ts';
import { kinds, send, start } from './access-helpers.ts';

describe('what is known of sent links', () => {
	test('a claim holds for a minute, whichever way the clock goes', () => {
		expect([0, 59_999, 60_000, -59_999, -60_000].map((ms) => isRecent(1e12, 1e12 + ms))).toEqual([
			true,
			true,
			false,
			true,
			false,
		]);
	});

	test('members and organizations are told apart, and a release takes back its own claim only', async () => {
		const log = new MemorySentLog();
		expect(await log.claim('a', 'b","c', 1)).toBe(true);
		expect(await log.claim('a","b', 'c', 1)).toBe(true);
		await log.release('a', 'b","c', 2);
		expect(await log.claim('a', 'b","c', 3)).toBe(false);
		await log.release('a', 'b","c', 1);
		expect(await log.claim('a', 'b","c', 3)).toBe(true);
	});

	test('storage that fails is no reason to send none, or two', async () => {
		const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
		onTestFinished(() => warned.mockRestore());
		const refused = () => Promise.reject(new Error('storage is refused'));
		const { links, recipients, posts } = await start({ log: { claim: refused, release: refused } });
		expect(kinds(await send(links, recipients.slice(0, 1)))).toEqual(['sent']);
		expect(kinds(await send(links, recipients.slice(0, 1)))).toEqual(['already-sent']);
		expect(posts()).toHaveLength(1);
	});

	test('two tabs that ask storage at the same moment: one of them sends', async () => {
		const shared = new MemorySentLog();
		const answered = deferred();
		const slow: SentLog = {
			claim: async (...claim) => {
				await answered.promise;
				return shared.claim(...claim);
			},
			release: (...claim) => shared.release(...claim),
		};
		const tab = () => together([new MemorySentLog(), slow]);
		const claims = [tab().claim('o', 'm', 1), tab().claim('o', 'm', 1)];
		answered.resolve();
		expect((await Promise.all(claims)).sort()).toEqual([false, true]);
	});

	test('another tab’s claim bars this one for as long as that tab holds it, and no longer', async () => {
		const shared = new MemorySentLog();
		await shared.claim('o', 'm', 1);
		const tab = together([new MemorySentLog(), shared]);
		expect(await tab.claim('o', 'm', 2)).toBe(false);
		await shared.release('o', 'm', 1);
		expect(await tab.claim('o', 'm', 2)).toBe(true);
	});

	test('what was not sent is released everywhere, whatever one of them says', async () => {
		const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
		onTestFinished(() => warned.mockRestore());
		const failing: SentLog = { claim: async () => true, release: () => Promise.reject(new Error('no')) };
		const shared = new MemorySentLog();
		const tab = together([new MemorySentLog(), failing, shared]);
		await tab.claim('o', 'm', 1);
		await tab.release('o', 'm', 1);
		expect(await together([shared]).claim('o', 'm', 2)).toBe(true);
		expect(await tab.claim('o', 'other', 2)).toBe(true);
	});
});
