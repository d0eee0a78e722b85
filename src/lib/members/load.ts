import type { Backend } from '$lib/backend/client';
import type { WireFavorite, WireModel } from '$lib/backend/contract';
import { isBackendError } from '$lib/backend/errors';
import type { Listing } from '$lib/backend/listing';
import { inPool } from '$lib/net/pool';
import { assembleShoots } from './assemble';
import type { FinishedShoot, Team } from './member';

/** Where a backend has no list of favorites: how many shoots are asked for theirs at a time. */
const ASKED_AT_ONCE = 4;

export interface Shoots {
	shoots: FinishedShoot[];
	/** A sentence for each item that could not be read and was left out. */
	skipped: string[];
}

/**
 * The finished shoots of a team (`null`: of the whole organization), with their favorites.
 *
 * @throws BackendError, or the signal's reason
 */
export async function loadShoots(
	backend: Backend,
	teamId: string | null,
	signal: AbortSignal,
): Promise<Shoots> {
	const team = teamId === null ? {} : { teamId };
	const [members, models, listed] = await allOrNone(signal, (inner) => [
		backend.teamMembers(inner),
		backend.models(team, inner),
		backend.favorites(team, inner).catch((error: unknown) => {
			if (isBackendError(error, 'not-found')) return null;
			throw error;
		}),
	]);
	const favorites = listed ?? (await askEachShoot(backend, models.items, signal));
	const shoots = assembleShoots({
		members: members.items,
		models: models.items,
		favorites: favorites.items,
	});
	return {
		// Once more on this side: a backend that ignores the filter must not mix two teams' photos.
		shoots: teamId === null ? shoots : shoots.filter((shoot) => shoot.team?.id === teamId),
		skipped: [...members.skipped, ...models.skipped, ...favorites.skipped],
	};
}

/** The organization's name and teams together with all of its finished shoots. */
export async function loadRoster(
	backend: Backend,
	signal: AbortSignal,
): Promise<Shoots & { organization: string; teams: Team[] }> {
	const [organization, { shoots, skipped }] = await allOrNone(signal, (inner) => [
		backend.organization(inner),
		loadShoots(backend, null, inner),
	]);
	return {
		organization: organization.name ?? 'Your organization',
		teams: organization.teams.items.map(({ id, name }) => ({ id, name: name ?? 'Unnamed team' })),
		shoots,
		skipped: [...organization.teams.skipped, ...skipped],
	};
}

/** ASSUMED fallback for a backend without `GET /organization/photos/favorites`: each shoot's own favorite. */
async function askEachShoot(
	backend: Backend,
	models: WireModel[],
	signal: AbortSignal,
): Promise<Listing<WireFavorite>> {
	const items: WireFavorite[] = [];
	const skipped: string[] = [];
	const finished = models.filter((model) => model.status === 'active' && !model.isDevelopment);
	await inPool(finished, ASKED_AT_ONCE, signal, async ({ id, email, title, teamId, teamName }, inner) => {
		const photo = await backend.favoriteOf(id, inner).catch((error: unknown) => {
			if (isBackendError(error, 'not-found')) return null;
			if (!isBackendError(error, 'unexpected')) throw error;
			skipped.push(`The favorite of ${email ?? title ?? id} could not be read: ${error.message}`);
			return null;
		});
		if (photo)
			items.push({
				...photo,
				modelId: id,
				email,
				title,
				teamId,
				teamName,
				isDevelopment: false,
				profilePicture: undefined,
			});
	});
	return { items, skipped };
}

/** `Promise.all` that stops the other calls when one fails. */
async function allOrNone<T extends readonly Promise<unknown>[] | []>(
	outer: AbortSignal,
	start: (signal: AbortSignal) => T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
	const inner = new AbortController();
	try {
		return await Promise.all(start(AbortSignal.any([outer, inner.signal])));
	} catch (error) {
		inner.abort(error);
		outer.throwIfAborted();
		throw error;
	}
}
