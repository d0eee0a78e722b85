import type { Favorite, FinishedShoot } from '$lib/members/member';

const signed = { url: 'https://cdn.example/x', expiresAt: null };

export function favorite(changed: Partial<Favorite> = {}): Favorite {
	return {
		photoId: 'p-1',
		headshot: signed,
		thumbnail: signed,
		profilePicture: { kind: 'rendered', ...signed },
		...changed,
	};
}

/** A finished shoot of a member of the same name, with a favorite. */
export function finishedShoot(id: string, changed: Partial<FinishedShoot> = {}): FinishedShoot {
	return {
		id,
		memberId: `member-${id}`,
		email: `${id}@example.com`,
		name: id,
		title: null,
		team: null,
		finishedAt: null,
		favorite: favorite(),
		isTest: false,
		...changed,
	};
}
