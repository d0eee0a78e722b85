import type { Backend } from '$lib/backend/client';
import type { WireFavorite, WireInvite } from '$lib/backend/contract';
import { isBackendError } from '$lib/backend/errors';
import type { Listing } from '$lib/backend/listing';
import { inPool } from '$lib/net/pool';
import {
	assembleDeleted,
	assembleInvited,
	assembleJoined,
	assembleShoots,
	surplusFavorites,
	type WireLists,
} from './assemble';
import type { DeletedShoot, FinishedShoot, InvitedMember, JoinedMember, Team } from './member';

/** Where a backend has no list of favorites: how many shoots are asked for theirs at a time. */
const ASKED_AT_ONCE = 4;

export interface Shoots {
	shoots: FinishedShoot[];
	/** A sentence for each item that could not be read and was left out. */
	skipped: string[];
}

/** Everybody of an organization, as far as the backend has told. */
export interface RosterData extends Shoots {
	organization: { uid: string; name: string };
	teams: Team[];
	/** Finished shoots, test shoots among them; the latest first. */
	shoots: FinishedShoot[];
	joined: JoinedMember[];
	invited: InvitedMember[];
	deleted: DeletedShoot[];
	/** While it is still being read: how many shoots there will be. */
	expected: number | null;
}

/**
 * The finished shoots of a team (`null`: of the whole organization), with their favorites, test shoots among them.
 *
 * The backend's own filter would leave out whoever's shoot names no team, and is in one by the list of members: so the
 * whole is read, and whoever is shown in the team is downloaded with it.
 *
 * @throws BackendError, or the signal's reason
 */
export async function loadShoots(
	backend: Backend,
	teamId: string | null,
	signal: AbortSignal,
): Promise<Shoots> {
	const isWanted = ({ team }: FinishedShoot) => teamId === null || team?.id === teamId;
	const { lists, skipped } = await loadLists(backend, signal, { isWanted });
	return { shoots: assembleShoots(lists).filter(isWanted), skipped };
}

/**
 * The organization with everybody in it.
 *
 * @param onpart told once what there is to see when the first of many pages have come
 * @param onnamed told whose members they are, as soon as that is known
 * @throws BackendError, or the signal's reason
 */
export async function loadRoster(
	backend: Backend,
	signal: AbortSignal,
	onpart?: (data: RosterData) => void,
	onnamed?: (uid: string) => void,
): Promise<RosterData> {
	const [known, invites, { lists, skipped }] = await allOrNone(signal, (inner) => {
		const organization = backend.organization(inner).then((answer) => {
			if (!inner.aborted) onnamed?.(answer.uid);
			return answer;
		});
		const parts = new FirstParts(async (first, expected) => {
			// Whose it is belongs to it; should that fail, the whole fails, and says so itself.
			const whose = await organization.catch(() => null);
			if (!whose || inner.aborted) return;
			const part = roster(whose, first, [], [], expected);
			// Whose favorite is on another page would pass for somebody without one.
			const shoots = part.shoots.filter(({ favorite }) => favorite !== null);
			if (shoots.length > 0) onpart?.({ ...part, shoots });
		});
		return [
			organization,
			// ASSUMED: without such a list, nobody is invited.
			backend.invites(inner).catch((error: unknown) => {
				if (!isBackendError(error, 'not-found')) throw error;
				return { items: [], skipped: [] };
			}),
			loadLists(backend, inner, { parts }),
		];
	});
	const all = [...known.teams.skipped, ...skipped, ...invites.skipped];
	return roster(known, lists, invites.items, all, null);
}

function roster(
	{ uid, name, teams }: Awaited<ReturnType<Backend['organization']>>,
	lists: WireLists,
	invites: WireInvite[],
	skipped: string[],
	expected: number | null,
): RosterData {
	const shoots = assembleShoots(lists);
	return {
		organization: { uid, name: name ?? 'Your organization' },
		teams: teams.items.map(({ id, name: team }) => ({ id, name: team ?? 'Unnamed team' })),
		shoots,
		joined: assembleJoined(lists, shoots),
		invited: assembleInvited(invites, lists.members),
		deleted: assembleDeleted(lists),
		skipped,
		expected,
	};
}

async function loadLists(
	backend: Backend,
	signal: AbortSignal,
	{ parts, isWanted = () => true }: { parts?: FirstParts; isWanted?: (shoot: FinishedShoot) => boolean },
): Promise<{ lists: WireLists; skipped: string[] }> {
	const [members, models, listed] = await allOrNone(signal, (inner) => [
		backend.teamMembers(inner, parts?.take('members')),
		backend.models(inner, parts?.take('models')),
		backend.favorites(inner, parts?.take('favorites')).catch((error: unknown) => {
			if (isBackendError(error, 'not-found')) return null;
			throw error;
		}),
	]);
	const lists = { members: members.items, models: models.items, favorites: listed?.items ?? [] };
	const favorites = listed ?? (await askEachShoot(backend, assembleShoots(lists).filter(isWanted), signal));
	return {
		lists: { ...lists, favorites: favorites.items },
		skipped: [
			...members.skipped,
			...models.skipped,
			...favorites.skipped,
			...surplusFavorites(favorites.items),
		],
	};
}

/** Collects the first page of each list, and tells when all are there and more are to come. */
class FirstParts {
	#lists: Partial<WireLists> = {};
	#tell: ((lists: WireLists, expected: number) => void) | null;
	#expected = 0;

	constructor(tell: (lists: WireLists, expected: number) => void) {
		this.#tell = tell;
	}

	take<Key extends keyof WireLists>(key: Key) {
		return (items: WireLists[Key], total: number | null): void => {
			if (this.#tell === null || this.#lists[key]) return;
			this.#lists[key] = items;
			if (key === 'models') this.#expected = total ?? 0;
			const { members, models, favorites } = this.#lists;
			if (!members || !models || !favorites) return;
			if (models.length < this.#expected) this.#tell({ members, models, favorites }, this.#expected);
			this.#tell = null;
		};
	}
}

/** ASSUMED fallback for a backend without `GET /organization/photos/favorites`: each shoot's own favorite. */
async function askEachShoot(
	backend: Backend,
	shoots: FinishedShoot[],
	signal: AbortSignal,
): Promise<Listing<WireFavorite>> {
	const items: WireFavorite[] = [];
	const skipped: string[] = [];
	const real = shoots.filter(({ isTest }) => !isTest);
	await inPool(real, ASKED_AT_ONCE, signal, async ({ id, email, title, team }, inner) => {
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
				teamId: team?.id ?? null,
				teamName: team?.name ?? null,
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
