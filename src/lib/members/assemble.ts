import type { WireFavorite, WireInvite, WireModel, WireTeamMember } from '$lib/backend/contract';
import type {
	DeletedShoot,
	Favorite,
	FinishedShoot,
	InvitedMember,
	JoinedMember,
	ProfilePicture,
	Team,
} from './member';

/** What the backend keeps in three lists, each as it came through the door. */
export interface WireLists {
	members: WireTeamMember[];
	models: WireModel[];
	favorites: WireFavorite[];
}

/**
 * Joins members, their shoots and the chosen photos into the finished shoots, newest first.
 *
 * - A shoot is finished when its model is `active`; with a favorite, also where its status says nothing that is known.
 * - A favorite of a shoot that no list names is still one: the lists may lag behind it.
 * - A favorite of a shoot that was reset or deleted is none.
 * - Of two favorites of one shoot, the last counts.
 */
export function assembleShoots({ members, models, favorites }: WireLists): FinishedShoot[] {
	const whose = memberFinder(members);
	const favoriteOf = new Map(favorites.map((favorite) => [favorite.modelId, favorite]));
	const known = new Set(models.map((model) => model.id));

	const finished = models.filter(
		({ id, status }) => status === 'active' || (stepOf(status) === 'joined' && favoriteOf.has(id)),
	);
	const unlisted = [...favoriteOf.values()]
		.filter((favorite) => !known.has(favorite.modelId))
		.map((favorite) => ({
			id: favorite.modelId,
			email: null,
			title: null,
			teamId: null,
			teamName: null,
			finishedAt: null,
			isDevelopment: favorite.isDevelopment,
		}));

	const shoots = [...finished, ...unlisted].map((model): FinishedShoot => {
		const favorite = favoriteOf.get(model.id);
		const email = model.email ?? favorite?.email ?? whose(model.id, null)?.email ?? null;
		const member = whose(model.id, email);
		return {
			id: model.id,
			memberId: member?.id ?? null,
			email,
			name: member?.name ?? null,
			title: model.title ?? favorite?.title ?? null,
			team: teamOf(model) ?? (favorite && teamOf(favorite)) ?? (member && teamOf(member)) ?? null,
			finishedAt: model.finishedAt,
			favorite: favorite ? toFavorite(favorite) : null,
			isTest: model.isDevelopment,
		};
	});
	return shoots.sort((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0));
}

/** A sentence for each favorite whose shoot has another behind it in the list: that one counts. */
export function surplusFavorites(favorites: WireFavorite[]): string[] {
	const counts = new Map(favorites.map((favorite) => [favorite.modelId, favorite]));
	return favorites
		.filter((favorite) => counts.get(favorite.modelId) !== favorite)
		.map(({ email, title, modelId }) => `A second favorite of ${email ?? title ?? modelId} was left out.`);
}

/** Who is in the team and has no finished shoot, the latest first. */
export function assembleJoined({ members, models }: WireLists, shoots: FinishedShoot[]): JoinedMember[] {
	const done = new Set(shoots.filter((shoot) => !shoot.isTest).map((shoot) => shoot.memberId));
	const byId = new Map(models.map((model) => [model.id, model]));
	return members
		.filter((member) => !done.has(member.id))
		.map((member): JoinedMember => {
			const model = member.modelId === null ? undefined : byId.get(member.modelId);
			// Whoever is done, and whose photo shoot no list names, had one.
			const status = model?.status ?? (member.status === 'finished' ? 'deleted' : null);
			return {
				id: member.id,
				email: member.email,
				name: member.name,
				title: model?.title ?? null,
				team: teamOf(member),
				joinedAt: member.joinedAt,
				step: stepOf(status),
			};
		})
		.sort((a, b) => (b.joinedAt ?? 0) - (a.joinedAt ?? 0));
}

/** Whose invite is still open, the latest first. ASSUMED: whoever is in the team already is invited no more. */
export function assembleInvited(invites: WireInvite[], members: WireTeamMember[]): InvitedMember[] {
	const taken = new Set(members.map((member) => member.email?.toLowerCase()));
	const invited: InvitedMember[] = [];
	for (const invite of invites) {
		const address = invite.email.toLowerCase();
		if (invite.status !== 'pending' || taken.has(address)) continue;
		taken.add(address);
		invited.push({ email: invite.email, team: teamOf(invite), invitedAt: invite.createdAt });
	}
	return invited.sort((a, b) => (b.invitedAt ?? 0) - (a.invitedAt ?? 0));
}

/** The photo shoots that were deleted, without test shoots. */
export function assembleDeleted({ members, models }: WireLists): DeletedShoot[] {
	const whose = memberFinder(members);
	return models
		.filter((model) => model.status === 'deleted' && !model.isDevelopment)
		.map((model) => {
			const member = whose(model.id, model.email);
			const { id, email, title } = model;
			return { id, email, title, name: member?.name ?? null, team: teamOf(model) };
		});
}

/** Finds a shoot's member: by the shoot, else by the address. */
function memberFinder(members: WireTeamMember[]) {
	const byModel = new Map(members.flatMap((member) => (member.modelId ? [[member.modelId, member]] : [])));
	const byEmail = new Map(
		members.flatMap((member) => (member.email ? [[member.email.toLowerCase(), member]] : [])),
	);
	return (modelId: string, email: string | null): WireTeamMember | undefined =>
		byModel.get(modelId) ?? byEmail.get(email?.toLowerCase() ?? '');
}

/** By the status of the photo shoot; `joined` where that tells nothing. */
function stepOf(status: string | null): JoinedMember['step'] {
	switch (status) {
		case 'onboarding':
		case 'waiting':
			return 'uploading';
		case 'pending':
		case 'generatingHeadshots':
			return 'generating';
		case 'failed':
			return 'failed';
		case 'deleted':
			return 'gone';
		default:
			return 'joined';
	}
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
