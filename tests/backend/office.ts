/** What casting needs at hand: the company so far, luck, a calendar, and who has which address. */

import type { Company, Team } from './company.ts';
import { somePerson } from './people.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

export const domain = 'northlight.example';

export interface Office {
	company: Company;
	luck: Random;
	/** @param days may have a fraction. @returns ISO time */
	ago(days: number): string;
	/** How often each has been given away. */
	mailboxes: Map<string, number>;
}

/** @param now in ms since the epoch */
export function openOffice(company: Company, luck: Random, now: number): Office {
	return { company, luck, ago: calendar(now), mailboxes: new Map() };
}

export function teamOf(company: Company, n: number): Team | undefined {
	const { teams: list } = company.organization;
	return list[n % list.length];
}

/** Prefers a name that nobody has yet. */
export function newcomer({ luck, mailboxes }: Office): Person {
	const first = somePerson(luck);
	return mailboxes.has(first.mailbox) ? somePerson(luck) : first;
}

/** The second `jose.munoz` gets `jose.munoz2`. */
export function addressOf({ mailboxes }: Office, { mailbox }: Person): string {
	const nth = (mailboxes.get(mailbox) ?? 0) + 1;
	mailboxes.set(mailbox, nth);
	return `${mailbox}${nth === 1 ? '' : nth}@${domain}`;
}

/** To the minute, and each minute's text made once: a large company asks for half a million of them. */
function calendar(now: number): (days: number) => string {
	const texts: string[] = [];
	return (days) => {
		const minutes = Math.round(days * 1440);
		return (texts[minutes] ??= new Date(now - minutes * 60_000).toISOString());
	};
}
