/** Every call of the API: a method, a path, and what it answers. */

import type { Company, LikedStatus, MemberStatus, Photo, Shoot, ShootStatus } from './company.ts';
import { ApiError, notFound, oneOf, paged } from './envelope.ts';
import type { Links } from './photo-paths.ts';

/** Endpoints and fields that a backend may not have. */
export type Missing = 'favorites' | 'profile-picture' | 'profilePicture-field' | 'access-link';

export interface Desk {
	company: Company;
	links: Links;
	without: ReadonlySet<Missing>;
	/** Counts one access link. @returns false when the limit is reached */
	mayInvite(): boolean;
}

export interface Call {
	query: URLSearchParams;
	/** The id in the path, where it has one. */
	id: string;
}

type Reply = (desk: Desk, call: Call) => Record<string, unknown>;

interface Route {
	method: 'GET' | 'POST';
	path: RegExp;
	reply: Reply;
	/** Answers 404 when the backend hasn't got it. */
	feature?: Missing;
}

const memberStatuses: readonly MemberStatus[] = ['accepted', 'pending', 'finished'];
const shootStatuses: readonly ShootStatus[] = [
	'onboarding',
	'waiting',
	'pending',
	'generatingHeadshots',
	'active',
	'failed',
	'deleted',
];
const likings: readonly LikedStatus[] = ['none', 'liked', 'loved'];

const routes: readonly Route[] = [
	{ method: 'GET', path: /^$/, reply: ({ company }) => ({ organization: company.organization }) },
	{ method: 'GET', path: /^\/teams$/, reply: ({ company }) => ({ teams: company.organization.teams }) },
	{ method: 'GET', path: /^\/team$/, reply: listMembers },
	{ method: 'GET', path: /^\/invites$/, reply: ({ company }) => ({ invites: company.invites }) },
	{ method: 'GET', path: /^\/models$/, reply: listShoots },
	{ method: 'GET', path: /^\/models\/([^/]+)\/photos$/, reply: listPhotos },
	{ method: 'GET', path: /^\/models\/([^/]+)\/photos\/favorite$/, reply: showFavorite },
	{
		method: 'GET',
		path: /^\/models\/([^/]+)\/profile-picture$/,
		reply: ({ company, links }, { id }) => ({ profilePicture: links.profilePicture(known(company, id)) }),
		feature: 'profile-picture',
	},
	{ method: 'GET', path: /^\/photos\/favorites$/, reply: listFavorites, feature: 'favorites' },
	{ method: 'POST', path: /^\/team\/([^/]+)\/access-link$/, reply: sendAccessLink, feature: 'access-link' },
];

/** @param path below `/organization`. @throws ApiError when nothing answers */
export function reply(
	desk: Desk,
	method: string,
	path: string,
	query: URLSearchParams,
): Record<string, unknown> {
	const here = routes.filter((route) => route.path.test(path));
	const route = here.find((one) => one.method === (method === 'HEAD' ? 'GET' : method));
	if (!route)
		throw here.length > 0 ? new ApiError(405, 'INVALID_REQUEST', 'Method not allowed') : notFound('Route');
	if (route.feature && desk.without.has(route.feature)) throw notFound('Route');
	return route.reply(desk, { query, id: route.path.exec(path)?.[1] ?? '' });
}

function listMembers({ company }: Desk, { query }: Call) {
	const status = oneOf(query, 'status', memberStatuses);
	const all = status ? company.members.filter((member) => member.status === status) : company.members;
	const { items, pagination } = paged(all, query);
	return { members: items, pagination };
}

function listShoots({ company }: Desk, { query }: Call) {
	const status = oneOf(query, 'status', shootStatuses);
	const teamId = query.get('teamId');
	const all = company.shoots.filter(
		(shoot) => (!status || shoot.status === status) && (!teamId || shoot.teamId === teamId),
	);
	const { items, pagination } = paged(all, query);
	return { models: items.map(modelOf), pagination };
}

function listPhotos({ company, links }: Desk, { query, id }: Call) {
	const shoot = known(company, id);
	const liked = oneOf(query, 'likedStatus', likings);
	const status = query.get('status');
	const all = company
		.photosOf(shoot.id)
		.filter((photo) => (!liked || photo.likedStatus === liked) && (!status || photo.status === status));
	const { items, pagination } = paged(all, query);
	return { photos: items.map((photo) => photoOf(links, shoot, photo, query)), pagination };
}

function showFavorite({ company, links }: Desk, { query, id }: Call) {
	const shoot = known(company, id);
	const photo = company.favoriteOf(id);
	if (!photo) return { photo: null, message: 'No favorite photo has been selected for this model' };
	return { photo: { ...photoOf(links, shoot, photo, query), modelId: id } };
}

function listFavorites({ company, links, without }: Desk, { query }: Call) {
	const teamId = query.get('teamId');
	const chosen = company.shoots.filter(
		(shoot) => shoot.favoriteId !== null && shoot.status === 'active' && (!teamId || shoot.teamId === teamId),
	);
	const { items, pagination } = paged(chosen, query);
	const photos = items.flatMap((shoot) => {
		const photo = company.favoriteOf(shoot.id);
		if (!photo) return [];
		const { email, title, teamId, teamName } = shoot;
		const context = { modelId: shoot.id, email, title, teamId, teamName };
		const picture = without.has('profilePicture-field') ? {} : { profilePicture: pictureOf(links, shoot) };
		return [{ ...photoOf(links, shoot, photo, query), ...context, ...picture }];
	});
	return { photos, pagination };
}

function sendAccessLink({ company, mayInvite }: Desk, { id }: Call) {
	const member = company.members.find((one) => one.id === id);
	if (!member) throw notFound('Member');
	if (!member.email) throw new ApiError(400, 'INVALID_EMAIL', 'This member has no e-mail address');
	if (!mayInvite()) throw new ApiError(429, 'INVITE_LIMIT_EXCEEDED', 'Too many invites for today');
	return { message: `An access link was sent to ${member.email}` };
}

function known(company: Company, id: string): Shoot {
	const shoot = company.shoot(id);
	if (!shoot) throw notFound('Model');
	return shoot;
}

function modelOf(shoot: Shoot) {
	const { id, uid, email, title, status, teamId, teamName, isDevelopment, createdAt, finishedAt } = shoot;
	return { id, uid, email, title, status, teamId, teamName, isDevelopment, createdAt, finishedAt };
}

function photoOf(links: Links, shoot: Shoot, photo: Photo, query: URLSearchParams) {
	const { id, status, likedStatus, createdAt } = photo;
	return { id, status, likedStatus, createdAt, ...links.photo(shoot, photo, query.get('include') === 'all') };
}

function pictureOf(links: Links, shoot: Shoot) {
	const picture = links.profilePicture(shoot);
	return picture && { url: picture.url, expiresAt: picture.expiresAt };
}
