import { photoId } from '../../backend/company.ts';
import type { Company, Shoot } from '../../backend/stand-in.ts';
import type { Random } from '../../backend/random.ts';

/** Members at the start. */
export const members = 12;
const fewest = 7;
const most = 14;

/** A small team that holds what a team may hold. Small profile pictures: converting large ones is no part of this. */
export function cast({ shoots, members: people, invites, organization }: Company): void {
	for (const [place, shoot] of shoots.entries()) {
		shoot.photoCount = 4;
		shoot.favoriteId = photoId(shoot.id, place % 2);
		shoot.profilePicture = { size: 128, format: place % 4 === 0 ? 'png' : 'jpeg' };
	}
	const [undecided, bare, twice, joined] = shoots.slice(-4) as [Shoot, Shoot, Shoot, Shoot];
	undecided.favoriteId = undecided.profilePicture = null;
	bare.profilePicture = null;
	const earlier = `${twice.id.slice(0, -4)}eeee`;
	shoots.push({
		...twice,
		id: earlier,
		favoriteId: photoId(earlier, 0),
		finishedAt: new Date(Date.parse(twice.finishedAt!) - 86_400_000).toISOString(),
	});
	shoots.push({
		...bare,
		id: `${bare.id.slice(0, -4)}dddd`,
		status: 'deleted',
		finishedAt: null,
		favoriteId: null,
	});
	Object.assign(joined, { status: 'waiting', finishedAt: null, favoriteId: null, profilePicture: null });
	const member = people.find(({ modelId }) => modelId === joined.id)!;
	Object.assign(member, { status: 'pending', modelStatus: 'waiting' });
	for (const name of ['one', 'two']) {
		invites.push({
			email: `invited-${name}@example.com`,
			status: 'pending',
			teamId: organization.teams[0]!.id,
			teamName: organization.teams[0]!.name,
			createdAt: member.joinedAt,
		});
	}
}

/** Finished shoots that belong to nobody who has another one. */
function single({ shoots }: Company): Shoot[] {
	return shoots.filter(
		({ email, status }) => status === 'active' && shoots.filter((one) => one.email === email).length === 1,
	);
}

/** The member chooses another photo, or none. @returns whose; `null` when nobody can */
export function changeFavorite(company: Company, luck: Random): string | null {
	const open = single(company);
	if (open.length === 0) return null;
	const shoot = luck.pick(open as [Shoot, ...Shoot[]]);
	const photos = company.photosOf(shoot.id);
	const others = photos.filter(({ id }) => id !== shoot.favoriteId);
	const none = luck.between(1, 5) === 1 && shoot.favoriteId !== null;
	company.choose(shoot.id, none ? null : photos.indexOf(others[luck.between(0, others.length - 1)]!));
	return `${shoot.email} ${none ? 'takes the favorite back' : 'chooses another favorite'}`;
}

/** Somebody new is finished. */
export function addMember(company: Company, luck: Random): string | null {
	if (company.members.length >= most) return null;
	const [pattern] = company.members;
	const shootPattern = single(company)[0];
	if (!pattern || !shootPattern) return null;
	const id = luck.hex(24);
	const email = `new-${id.slice(0, 6)}@example.com`;
	const finishedAt = new Date(
		Date.parse(shootPattern.finishedAt!) - luck.between(1, 5) * 60_000,
	).toISOString();
	company.shoots.push({
		...shootPattern,
		id,
		uid: luck.hex(20),
		email,
		title: 'Newcomer',
		status: 'active',
		finishedAt,
		favoriteId: photoId(id, 0),
		profilePicture: { size: 128, format: 'jpeg' },
		photoCount: 4,
	});
	company.members.push({
		...pattern,
		id: luck.hex(24),
		email,
		name: `New ${id.slice(0, 6)}`,
		status: 'finished',
		modelId: id,
		modelStatus: 'active',
	});
	return `${email} is new`;
}

/** Somebody leaves, with the shoot. */
export function removeMember(company: Company, luck: Random): string | null {
	const open = single(company);
	if (company.members.length <= fewest || open.length === 0) return null;
	const { id, email } = luck.pick(open as [Shoot, ...Shoot[]]);
	company.shoots = company.shoots.filter((shoot) => shoot.id !== id);
	company.members = company.members.filter((member) => member.email !== email);
	company.invites = company.invites.filter((invite) => invite.email !== email);
	return `${email} is deleted`;
}
