/** The cases that every sixty members of a company hold, on purpose. */

import type { InviteStatus, MemberStatus, ShootStatus } from './company.ts';

export interface Case {
	status: MemberStatus;
	shoot: ShootStatus | null;
	/** What the list of invites says about it. */
	invite: InviteStatus;
	favorite?: true;
	twice?: true;
	lacks?: readonly ('email' | 'name' | 'title' | 'profilePicture')[];
}

export const finished: Case = { status: 'finished', shoot: 'active', invite: 'completed', favorite: true };
const undecided: Case = { status: 'finished', shoot: 'active', invite: 'completed' };
const joined: Case = { status: 'accepted', shoot: null, invite: 'accepted' };
const pending = (shoot: ShootStatus, invite: InviteStatus): Case => ({ status: 'pending', shoot, invite });

/** Sixty members: 45 with a favorite (two of them with two), 4 without, and 11 on their way. */
export const cases: readonly Case[] = [
	...Array.from({ length: 38 }, () => finished),
	{ ...finished, lacks: ['title'] },
	{ ...finished, lacks: ['profilePicture'] },
	{ ...finished, lacks: ['email'] },
	{ ...finished, lacks: ['name'] },
	{ ...finished, twice: true },
	{ ...finished, twice: true },
	{ ...finished, lacks: ['email', 'name', 'title'] },
	...Array.from({ length: 4 }, () => undecided),
	...Array.from({ length: 4 }, () => joined),
	{ ...joined, shoot: 'onboarding' },
	pending('waiting', 'uploading'),
	pending('waiting', 'uploading'),
	pending('pending', 'generating'),
	pending('generatingHeadshots', 'generating'),
	pending('generatingHeadshots', 'generating'),
	pending('failed', 'generating'),
];

/** Per sixty members, people who have no row in the team. */
export const outstanding: readonly InviteStatus[] = [
	...Array.from({ length: 6 }, () => 'pending' as const),
	'revoked',
	'deleted',
];
