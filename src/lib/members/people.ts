import { memberKey, type FinishedShoot, type InvitedMember, type JoinedMember, type Person } from './member';

/** Everybody once: the finished ones with their latest shoot, then who has joined, then who is invited. */
export function listPeople(
	shoots: readonly FinishedShoot[],
	joined: readonly JoinedMember[],
	invited: readonly InvitedMember[],
): Person[] {
	const people = new Map<string, Person>();
	// Newest first: the first shoot of a member is the latest.
	for (const shoot of shoots) {
		if (shoot.isTest) continue;
		const key = memberKey(shoot);
		const known = people.get(key);
		if (known) known.shootIds.push(shoot.id);
		else {
			const { email, name, title, team, finishedAt, id } = shoot;
			people.set(key, { key, status: 'finished', email, name, title, team, finishedAt, shootIds: [id] });
		}
	}
	for (const { id, email, name, title, team } of joined) {
		people.set(id, { key: id, status: 'joined', email, name, title, team, finishedAt: null, shootIds: [] });
	}
	for (const { email, team } of invited) {
		const key = `invite ${email.toLowerCase()}`;
		people.set(key, {
			key,
			status: 'invited',
			email,
			name: null,
			title: null,
			team,
			finishedAt: null,
			shootIds: [],
		});
	}
	return [...people.values()];
}
