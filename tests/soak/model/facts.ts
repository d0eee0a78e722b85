import type { Company, Shoot } from '../../backend/stand-in.ts';

/** One finished shoot, as far as the page shows it. */
export interface ShootFacts {
	id: string;
	email: string;
	/** Whom the page calls by it. */
	name: string;
	title: string;
	favoriteId: string | null;
	hasPicture: boolean;
	finishedAt: number;
	memberId: string;
}

/** Who there was when a tab asked the backend: plain data, which stays when the company changes. */
export interface Facts {
	/** The latest first. */
	shoots: ShootFacts[];
	joined: number;
	invited: number;
	deleted: number;
}

export function factsOf(company: Company): Facts {
	const finished = company.shoots
		.filter(({ status }) => status === 'active')
		.map((shoot) => shootFacts(company, shoot))
		.sort((a, b) => b.finishedAt - a.finishedAt);
	const done = new Set(finished.map(({ memberId }) => memberId));
	return {
		shoots: finished,
		joined: company.members.filter(({ id }) => !done.has(id)).length,
		invited: company.invites.filter(({ status }) => status === 'pending').length,
		deleted: company.shoots.filter(({ status }) => status === 'deleted').length,
	};
}

/** Members with a finished shoot, each with the latest. */
export function finishedMembers({ shoots }: Facts): ShootFacts[] {
	return shoots.filter(
		({ memberId }, index) => shoots.findIndex((one) => one.memberId === memberId) === index,
	);
}

/** Everybody with a shoot is a member here, and has an address. */
function shootFacts(
	{ members }: Company,
	{ id, email, title, favoriteId, profilePicture, finishedAt }: Shoot,
): ShootFacts {
	const member = members.find((one) => one.email === email)!;
	return {
		id,
		email: email!,
		name: member.name!,
		title: title!,
		favoriteId,
		hasPicture: profilePicture !== null,
		finishedAt: Date.parse(finishedAt!),
		memberId: member.id,
	};
}
