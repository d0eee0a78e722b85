/** Fills a company with people, the same ones for the same seed. */

import { cases, finished, outstanding } from './cases.ts';
import type { Case } from './cases.ts';
import { Company, looks, photoId } from './company.ts';
import type { Invite, InviteStatus, Member, PictureFormat, ProfilePicture, Shoot, Team } from './company.ts';
import { addressOf, domain, newcomer, openOffice, teamOf } from './office.ts';
import type { Office } from './office.ts';
import { someTitle, teams } from './people.ts';
import { faceFor } from './faces.ts';
import { random } from './random.ts';

export interface CastingOptions {
	members: number;
	seed: number;
	/** Everybody has finished, chosen a favorite and lacks nothing. */
	plain: boolean;
	/** The day that "the last weeks" count back from, in ms since the epoch. */
	now: number;
}

export function castCompany(options: CastingOptions): Company {
	const luck = random(options.seed);
	const company = new Company({
		uid: luck.hex(20),
		name: 'Northlight Labs',
		website: `https://${domain}`,
		teams: teams.map((name) => ({ id: luck.hex(24), name })),
	});
	const office = openOffice(company, luck, options.now);
	for (let n = 0; n < options.members; n++) {
		enrol(office, n, options.plain ? finished : (cases[n % cases.length] ?? finished));
	}
	if (!options.plain) {
		const rounds = Math.floor(options.members / cases.length);
		for (let n = 0; n < rounds * outstanding.length; n++) {
			invite(office, n, outstanding[n % outstanding.length] ?? 'pending');
		}
		if (rounds > 0) company.shoots.push(testShoot(office));
	}
	return company;
}

function enrol(office: Office, n: number, its: Case): void {
	const { company, luck, ago } = office;
	const person = newcomer(office);
	const team = teamOf(company, n);
	const lacks = (what: NonNullable<Case['lacks']>[number]) => its.lacks?.includes(what) ?? false;
	const address = addressOf(office, person);
	const email = lacks('email') ? null : address;
	const title = lacks('title') ? null : someTitle(luck, n);
	const face = faceFor(person.presentation, luck);
	let latest: Shoot | null = null;
	for (let round = its.shoot === null ? 0 : its.twice ? 2 : 1; round > 0; round--) {
		const sinceFinished = luck.next() * 13 + (round - 1) * 14 + (its.twice ? 0 : luck.between(0, 14));
		latest = makeShoot(office, its, { email, title, face, team, sinceFinished });
		if (lacks('profilePicture')) latest.profilePicture = null;
		company.shoots.push(latest);
	}
	const member: Member = {
		id: luck.hex(24),
		email,
		name: lacks('name') ? null : person.name,
		status: its.status,
		teamId: team?.id ?? null,
		teamName: team?.name ?? null,
		modelId: latest?.id ?? null,
		modelStatus: latest?.status ?? null,
		joinedAt: ago(30 + luck.next() * 14),
	};
	company.members.push(member);
	if (email) company.invites.push(acceptedInvite(office, email, its, member));
}

interface Sitting {
	email: string | null;
	title: string | null;
	face: number;
	team: Team | undefined;
	/** Days. */
	sinceFinished: number;
}

function makeShoot({ luck, ago }: Office, its: Case, sitting: Sitting): Shoot {
	const { email, title, face, team, sinceFinished } = sitting;
	const id = luck.hex(24);
	const done = its.shoot === 'active';
	const photoCount = luck.between(12, 40);
	// Every favorite wears the first look, so that a whole team needs one large picture a face.
	const place = luck.between(0, Math.floor((photoCount - 1) / looks)) * looks;
	return {
		id,
		uid: luck.hex(20),
		email,
		title,
		status: its.shoot ?? 'onboarding',
		teamId: team?.id ?? null,
		teamName: team?.name ?? null,
		isDevelopment: false,
		createdAt: ago(sinceFinished + 0.2 + luck.next()),
		finishedAt: done ? ago(sinceFinished) : null,
		favoriteId: done && its.favorite ? photoId(id, place) : null,
		profilePicture: done && its.favorite ? templateOf(face) : null,
		photoCount,
		face,
	};
}

/** The admin's own try-out, which belongs to nobody in the team. */
function testShoot(office: Office): Shoot {
	const team = teamOf(office.company, 0);
	const sitting = { email: `try-out@${domain}`, title: 'Test shoot', face: 1, team, sinceFinished: 5 };
	return { ...makeShoot(office, finished, sitting), isDevelopment: true };
}

function acceptedInvite({ ago, luck }: Office, email: string, its: Case, member: Member): Invite {
	const { modelId, teamId, teamName } = member;
	const entry: Invite = { email, status: its.invite, teamId, teamName, createdAt: ago(45 + luck.next()) };
	if (modelId !== null) entry.modelId = modelId;
	return entry;
}

/** Somebody who has no row in the team. */
function invite(office: Office, n: number, status: InviteStatus): void {
	const { company, luck, ago } = office;
	const person = newcomer(office);
	const email = addressOf(office, person);
	const team = teamOf(company, n);
	const entry: Invite = {
		email,
		status,
		teamId: team?.id ?? null,
		teamName: team?.name ?? null,
		createdAt: ago(luck.next() * 10),
	};
	if (status === 'deleted') {
		const face = faceFor(person.presentation, luck);
		const its = { ...finished, shoot: 'deleted' as const };
		const gone = makeShoot(office, its, { email, title: someTitle(luck, n), face, team, sinceFinished: 12 });
		company.shoots.push(gone);
		entry.modelId = gone.id;
	}
	company.invites.push(entry);
}

const formats: readonly PictureFormat[] = ['png', 'jpeg', 'webp'];
const sizes = [512, 400, 1024, 256, 128] as const;

function templateOf(face: number): ProfilePicture {
	return { size: sizes[face % sizes.length] ?? 512, format: formats[face % formats.length] ?? 'png' };
}
