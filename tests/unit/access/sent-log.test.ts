import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AccessLinks, type AccessLinksState } from '$lib/access/access-links.svelte';
import type { Recipient } from '$lib/access/recipients';
import type { LinkResult } from '$lib/access/run';
import { isRecent, MemorySentLog, withMemory, type SentLog } from '$lib/access/sent-log';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { deferred, startBackend, until, type ClientOptions } from '../backend/client-helpers.ts';

interface Options extends StandInOptions {
	client?: ClientOptions;
	log?: SentLog;
}

async function start({ client, log = new MemorySentLog(), ...options }: Options = {}) {
	const running = await startBackend(options, client);
	const { standIn, backend } = running;
	let now = 1_790_000_000_000;
	const open = () => {
		const links = new AccessLinks({ backend, log, now: () => now });
		links.setOrganization('org-1');
		onTestFinished(() => links.dispose());
		return links;
	};
	const recipients: Recipient[] = standIn.company.members.map(({ id, email, name }) => ({
		memberId: id,
		email,
		name: name ?? email ?? id,
	}));
	const posts = () => standIn.log.filter(({ method }) => method === 'POST');
	const later = (ms: number) => (now += ms);
	return { ...running, links: open(), open, recipients, posts, later };
}

/** Answers yes, and waits for what comes of it. */
async function send(links: AccessLinks, recipients: Recipient[]): Promise<LinkResult[]> {
	links.ask(recipients);
	links.send();
	return outcome(links);
}

async function outcome(links: AccessLinks): Promise<LinkResult[]> {
	await until(() => links.state?.kind === 'finished');
	return (links.state as Extract<AccessLinksState, { kind: 'finished' }>).results;
}

const kinds = (results: LinkResult[]) => results.map((result) => result.outcome.kind);

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
		const claims = [withMemory(slow).claim('o', 'm', 1), withMemory(slow).claim('o', 'm', 1)];
		answered.resolve();
		expect((await Promise.all(claims)).sort()).toEqual([false, true]);
	});
});
