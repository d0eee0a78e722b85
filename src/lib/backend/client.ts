import * as v from 'valibot';
import type { Connection } from '$lib/net/connection';
import * as contract from './contract';
import { BackendError } from './errors';
import { readItems, readPage, readPages, type Listing, type OnPart, type Seen } from './listing';
import { Requests, type BackendOptions, type Query } from './requests';

export type { BackendOptions } from './requests';

/** The HeadshotPro backend. Every call throws BackendError, or the signal's reason. */
export class Backend {
	#requests: Requests;

	constructor(options: BackendOptions) {
		this.#requests = new Requests(options);
	}

	get connection(): Connection {
		return this.#requests.connection;
	}

	dispose(): void {
		this.connection.dispose();
	}

	async organization(
		signal: AbortSignal,
	): Promise<{ uid: string; name: string | null; teams: Listing<contract.WireTeam> }> {
		const answer = await this.#requests.get('organization', {}, signal);
		const { uid, name, teams } = parsed(contract.organizationSchema, answer.organization, 'the organization');
		return { uid, name, teams: await readItems({ teams }, 'teams', contract.teamSchema, signal) };
	}

	teamMembers(
		signal: AbortSignal,
		onpart?: OnPart<contract.WireTeamMember>,
	): Promise<Listing<contract.WireTeamMember>> {
		return this.#list('organization/team', {}, 'members', contract.teamMemberSchema, signal, onpart);
	}

	/** Not paginated, and without ids: an invite is known by its address. */
	async invites(signal: AbortSignal): Promise<Listing<contract.WireInvite>> {
		const answer = await this.#requests.get('organization/invites', {}, signal);
		return readItems(answer, 'invites', contract.inviteSchema, signal);
	}

	models(signal: AbortSignal, onpart?: OnPart<contract.WireModel>): Promise<Listing<contract.WireModel>> {
		return this.#list('organization/models', {}, 'models', contract.modelSchema, signal, onpart);
	}

	favorites(
		signal: AbortSignal,
		onpart?: OnPart<contract.WireFavorite>,
	): Promise<Listing<contract.WireFavorite>> {
		return this.#list(
			'organization/photos/favorites',
			{ include: 'all' },
			'photos',
			contract.favoriteSchema,
			signal,
			onpart,
		);
	}

	/**
	 * A page of one shoot's photos.
	 *
	 * @param seen what earlier pages had, which is left out; so a list that repeats itself ends
	 * @returns with the number of rows read, to go on from, and whether there are more
	 */
	async photos(
		modelId: string,
		page: { limit: number; offset: number },
		signal: AbortSignal,
		seen?: Seen,
	): Promise<Listing<contract.WirePhoto> & { rows: number; total: number | null; hasMore: boolean }> {
		const query = { ...page, include: 'all' };
		const answer = await this.#requests.get(`${modelPath(modelId)}/photos`, query, signal);
		return readPage(answer, 'photos', contract.photoSchema, page.offset, seen);
	}

	/** One shoot's favorite with a fresh URL; `null` when the member has chosen none. */
	async favoriteOf(modelId: string, signal: AbortSignal): Promise<contract.WireModelFavorite> {
		const answer = await this.#requests.get(`${modelPath(modelId)}/photos/favorite`, {}, signal);
		return parsed(contract.modelFavoriteSchema, answer.photo ?? null, 'the favorite');
	}

	/** One shoot's profile picture with a fresh URL; `null` when there is none. */
	async profilePictureOf(modelId: string, signal: AbortSignal): Promise<contract.WireProfilePicture | null> {
		const answer = await this.#requests.get(`${modelPath(modelId)}/profile-picture`, {}, signal);
		return parsed(contract.modelProfilePictureSchema, answer.profilePicture ?? null, 'the profile picture');
	}

	/**
	 * The backend e-mails the member a sign-in link. One request a call.
	 *
	 * @param leaving awaited right before the request goes; when it rejects, none does
	 * @throws as every call; `isRefusal` tells whether it is certain that no link was sent
	 */
	async sendAccessLink(memberId: string, signal: AbortSignal, leaving?: () => Promise<void>): Promise<void> {
		const path = `organization/team/${encodeURIComponent(memberId)}/access-link`;
		await this.#requests.post(path, signal, leaving);
	}

	#list<T>(
		path: string,
		query: Query,
		key: string,
		schema: v.GenericSchema<unknown, T & { id: string }>,
		signal: AbortSignal,
		onpart?: OnPart<T>,
	): Promise<Listing<T>> {
		const page = (range: Query, inner: AbortSignal) =>
			this.#requests.get(path, { ...query, ...range }, inner);
		return readPages(page, key, schema, signal, onpart);
	}
}

function modelPath(modelId: string): string {
	return `organization/models/${encodeURIComponent(modelId)}`;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	throw new BackendError('unexpected', `The backend's answer about ${what} could not be read.`);
}
