import { onTestFinished } from 'vitest';
import { AccessLinks, type AccessLinksState } from '$lib/access/access-links.svelte';
import type { Recipient } from '$lib/access/recipients';
import type { LinkResult } from '$lib/access/run';
import { MemorySentLog, type SentLog } from '$lib/access/sent-log';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { startBackend, until, type ClientOptions } from '../backend/client-helpers.ts';

interface Options extends StandInOptions {
	client?: ClientOptions;
	log?: SentLog;
}

export async function start({ client, log = new MemorySentLog(), ...options }: Options = {}) {
	const running = await startBackend(options, client);
	const { standIn, backend } = running;
	let now = 1_790_000_000_000;
	const open = () => {
		const links = new AccessLinks({ backend, logs: [log], now: () => now });
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
export async function send(links: AccessLinks, recipients: Recipient[]): Promise<LinkResult[]> {
	links.ask(recipients);
	links.send();
	return outcome(links);
}

export async function outcome(links: AccessLinks): Promise<LinkResult[]> {
	await until(() => links.state?.kind === 'finished');
	return (links.state as Extract<AccessLinksState, { kind: 'finished' }>).results;
}

export const kinds = (results: LinkResult[]) => results.map((result) => result.outcome.kind);
