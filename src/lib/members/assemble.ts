import type { WireFavorite, WireModel, WireTeamMember } from '$lib/backend/contract';
import type { Favorite, FinishedShoot, ProfilePicture, Team } from './member';

/** What the backend keeps in three lists, each as it came through the door. */
export interface WireLists {
	members: WireTeamMember[];
	models: WireModel[];
	favorites: WireFavorite[];
}

/**
 * Joins members, their shoots and the chosen photos into the finished shoots, newest first.
 *
 * - A shoot is finished when its model is `active`; test shoots are left out.
 * - A favorite of a shoot that no list names is still one: the lists may lag behind it.
 * - A favorite of a shoot that was reset or deleted is none.
 */
export function assembleShoots({ members, models, favorites }: WireLists): FinishedShoot[] {
	const byModel = new Map(members.flatMap((member) => (member.modelId ? [[member.modelId, member]] : [])));
	const byEmail = new Map(
		members.flatMap((member) => (member.email ? [[member.email.toLowerCase(), member]] : [])),
	);
	const favoriteOf = new Map(favorites.map((favorite) => [favorite.modelId, favorite]));
	const known = new Set(models.map((model) => model.id));

	const finished = models.filter((model) => model.status === 'active' && !model.isDevelopment);
	const unlisted = [...favoriteOf.values()]
		.filter((favorite) => !known.has(favorite.modelId) && !favorite.isDevelopment)
		.map((favorite) => ({
			id: favorite.modelId,
			email: null,
			title: null,
			teamId: null,
			teamName: null,
			finishedAt: null,
		}));

	const shoots = [...finished, ...unlisted].map((model): FinishedShoot => {
		const favorite = favoriteOf.get(model.id);
		const email = model.email ?? favorite?.email ?? byModel.get(model.id)?.email ?? null;
		const member = byModel.get(model.id) ?? byEmail.get(email?.toLowerCase() ?? '');
		return {
			id: model.id,
			memberId: member?.id ?? null,
			email,
			name: member?.name ?? null,
			title: model.title ?? favorite?.title ?? null,
			team: teamOf(model) ?? (favorite && teamOf(favorite)) ?? (member && teamOf(member)) ?? null,
			finishedAt: model.finishedAt,
			favorite: favorite ? toFavorite(favorite) : null,
		};
	});
	return shoots.sort((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0));
}

function teamOf(item: { teamId: string | null; teamName: string | null }): Team | null {
	return item.teamId ? { id: item.teamId, name: item.teamName ?? 'Unnamed team' } : null;
}

function toFavorite({ id, urls, expiresAt, profilePicture }: WireFavorite): Favorite {
	return {
		photoId: id,
		headshot: { url: urls.main, expiresAt },
		thumbnail: { url: urls.thumbnail || urls.main, expiresAt },
		profilePicture: toProfilePicture(profilePicture),
	};
}

function toProfilePicture(picture: WireFavorite['profilePicture']): ProfilePicture {
	if (picture === undefined) return { kind: 'own-crop' };
	if (picture === null) return { kind: 'none' };
	return { kind: 'rendered', ...picture };
}
