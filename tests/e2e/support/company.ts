import type { Shoot, StandIn } from '../../backend/stand-in.ts';

/** Finished shoots with a favorite, newest first: as the page lists them, and as a download fetches them. */
export function favorites({ company }: StandIn): Shoot[] {
	return company.shoots
		.filter((shoot) => shoot.status === 'active' && !shoot.isDevelopment && shoot.favoriteId !== null)
		.sort((a, b) => Date.parse(b.finishedAt!) - Date.parse(a.finishedAt!));
}

/** How the page calls the member of a shoot. */
export function nameOf({ company }: StandIn, shoot: Shoot): string {
	const member = company.members.find(
		(one) => one.modelId === shoot.id || (one.email && one.email === shoot.email),
	);
	return member?.name ?? shoot.email ?? shoot.title ?? `member-${shoot.id}`;
}

/** The help article's rule, on the stand-in's tame names. */
export function folderOf(standIn: StandIn, shoot: Shoot): string {
	const { email, title, id } = shoot;
	if (!email) return title ?? `member-${id}`;
	const folder = title ? `${email} - ${title}` : email;
	const place = favorites(standIn)
		.filter((one) => one.email === email)
		.indexOf(shoot);
	return place > 0 ? `${folder} (${place + 1})` : folder;
}

/** Somebody with everything, who has one shoot. */
export function someone(standIn: StandIn) {
	const { members, shoots } = standIn.company;
	const shoot = favorites(standIn).find(
		(one) => one.email && one.title && shoots.filter((other) => other.email === one.email).length === 1,
	)!;
	const member = members.find((one) => one.modelId === shoot.id)!;
	return { shoot, member, email: shoot.email!, name: nameOf(standIn, shoot) };
}
