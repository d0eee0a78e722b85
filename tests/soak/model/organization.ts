import { startStandIn, type Company, type StandIn } from '../../backend/stand-in.ts';
import { cast, members } from './company.ts';
import { Delivered } from './delivered.ts';
import { FaultBook } from './faults.ts';
import type { Facts } from './facts.ts';
import { Marks } from './marks.ts';
import { SentLinks } from './sent-links.ts';

/** An organization with a backend of its own, and all that is known of it. */
export class Organization {
	readonly marks = new Marks();
	readonly faults: FaultBook;
	readonly delivered = new Delivered();
	readonly links = new SentLinks();
	/** All that a tab has ever shown: what is kept for when there is no network is one of them. */
	readonly shown: Facts[] = [];

	constructor(readonly standIn: StandIn) {
		this.faults = new FaultBook(standIn.faults);
	}

	get uid(): string {
		return this.standIn.company.organization.uid;
	}

	/** Names that nobody else's page may show. */
	get emails(): string[] {
		return this.standIn.company.members.map(({ email }) => email!);
	}

	remember(facts: Facts): void {
		if (JSON.stringify(this.shown.at(-1)) !== JSON.stringify(facts)) this.shown.push(facts);
	}
}

export function backendOptions(seed: number) {
	return {
		members,
		seed,
		plain: true,
		edit: cast,
		// Chromium writes cookies down only after half a minute: a kill would sign the admin out.
		auth: { kind: 'open' },
		rateLimit: { perMinute: 1e6 },
		inviteLimit: Infinity,
	} as const;
}

/** Another organization, of which nothing is called as in the first. */
export async function startOther(seed: number): Promise<Organization> {
	const standIn = await startStandIn({
		...backendOptions(seed),
		headshotBytes: 20_000,
		edit(company: Company) {
			cast(company);
			const { organization, shoots, members, invites } = company;
			Object.assign(organization, { uid: `${organization.uid}-other`, name: 'Another Company' });
			for (const one of [...shoots, ...members, ...invites]) one.email = `other.${one.email}`;
			for (const one of members) one.name = `Other ${one.name}`;
		},
	});
	return new Organization(standIn);
}
