/**
 * What the HeadshotPro backend answers, and everything that we assume about it.
 *
 * Documented at headshotpro.com/api (November 2026); what no public page says is marked `ASSUMED`: fields here, and what
 * a call's absence or a redirect means where it is handled. README, "Assumptions about the backend", lists the marks.
 *
 * An item stands or falls with its id. Texts and dates are taken as they come: a title of a wrong type must not cost
 * a member's photo. Photo URLs are judged where they are fetched, so that a bad one is a failed file with its reason.
 */
import * as v from 'valibot';

/** Texts longer than this are cut: nothing on the page or in a file name can use more. */
const LONGEST_TEXT = 500;

const id = v.pipe(
	v.union([v.string(), v.pipe(v.number(), v.finite())]),
	v.transform((value) => String(value).trim()),
	v.minLength(1, 'the id is empty'),
	v.maxLength(200, 'the id is too long'),
	// In the path of a call, half a surrogate pair can't be encoded, and dots would lead to another call.
	v.regex(/^(?!\.{1,2}$)\P{Cs}+$/u, 'the id has characters that belong in none'),
);

/** A text, or `null` when it is missing, blank or none. */
const text = v.fallback(
	v.pipe(
		v.union([v.string(), v.number()]),
		v.transform(
			(value) =>
				[
					...String(value)
						.slice(0, 4 * LONGEST_TEXT)
						.trim(),
				]
					.slice(0, LONGEST_TEXT)
					.join('') || null,
		),
	),
	null,
);

/** An ISO time as ms since the epoch, or `null`. */
const time = v.fallback(
	v.pipe(
		v.string(),
		v.transform((value) => Date.parse(value)),
		v.number(),
		v.transform((value) => (Number.isNaN(value) ? null : value)),
	),
	null,
);

/**
 * An e-mail address, or `null`. ASSUMED: a managed member without one has `null`, nothing, or a placeholder that is
 * no address.
 */
const email = v.fallback(
	v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(254),
		v.regex(/^[^\s@]+@[^\s@]+(?<!\.invalid)$/iu),
		v.transform((value): string | null => value),
	),
	null,
);

/** A photo's address as it came; empty when there is none. */
const address = v.fallback(v.string(), '');

export const organizationSchema = v.object({
	uid: id,
	name: text,
	teams: v.fallback(v.array(v.unknown()), []),
});

export const teamSchema = v.object({ id, name: text });

/** Status: `accepted` (joined), `pending` (uploading or generating), `finished`. */
export const teamMemberSchema = v.object({
	id,
	email,
	name: text,
	status: text,
	teamId: v.fallback(v.nullable(id), null),
	teamName: text,
	modelId: v.fallback(v.nullable(id), null),
	joinedAt: time,
});

/**
 * Somebody who was asked to join. Status: `pending`, `accepted`, `revoked`, `uploading`, `generating`, `completed`,
 * `deleted`. It has no id of its own; the same address may have been invited more than once.
 */
export const inviteSchema = v.pipe(
	v.object({
		email: v.pipe(
			email,
			v.check((value) => value !== null, 'an invite without an address'),
		),
		status: text,
		modelId: v.fallback(v.nullish(id, null), null),
		teamId: v.fallback(v.nullable(id), null),
		teamName: text,
		createdAt: time,
	}),
	v.transform((invite) => ({
		...invite,
		email: String(invite.email),
		id: `${String(invite.email).toLowerCase()} ${invite.status}`,
	})),
);

/** One photo shoot of one member. Status `active`: its headshots are ready. */
export const modelSchema = v.object({
	id,
	email,
	title: text,
	status: text,
	teamId: v.fallback(v.nullable(id), null),
	teamName: text,
	isDevelopment: v.fallback(v.boolean(), false),
	createdAt: time,
	finishedAt: time,
});

/** ASSUMED: its fields. An object where the backend rendered one. */
const profilePicture = v.object({ url: address, expiresAt: time });

/**
 * ASSUMED: `null` where the member has none; the key is absent where the backend renders none at all. Anything else
 * that is no picture is taken for one without an address, and fails with that reason.
 */
const maybeProfilePicture = v.optional(v.fallback(v.nullable(profilePicture), { url: '', expiresAt: null }));

const urls = v.fallback(
	v.object({ main: address, thumbnail: v.optional(address), original: v.optional(address) }),
	{ main: '' },
);

/**
 * An item of the organization's favorites. ASSUMED: the photo's own fields plus its member's context; whatever is
 * missing is joined from models and members by `modelId`.
 */
export const favoriteSchema = v.object({
	id,
	modelId: id,
	urls,
	expiresAt: time,
	email,
	title: text,
	teamId: v.fallback(v.nullable(id), null),
	teamName: text,
	/** ASSUMED: told here too where the list holds test shoots; else the model's word counts. */
	isDevelopment: v.fallback(v.boolean(), false),
	profilePicture: maybeProfilePicture,
});

/** One of a shoot's photos. The page shows whatever status it has, unless it is `deleted`. */
export const photoSchema = v.object({
	id,
	status: text,
	likedStatus: v.fallback(v.picklist(['none', 'liked', 'loved']), 'none'),
	createdAt: time,
	urls,
	expiresAt: time,
});

/** A model's own favorite. ASSUMED: `photo: null` when the member has chosen none. */
export const modelFavoriteSchema = v.nullable(v.object({ id, urls, expiresAt: time }));

/** ASSUMED: `GET /organization/models/:modelId/profile-picture`. */
export const modelProfilePictureSchema = v.nullable(profilePicture);

/** The most that the backend gives at once: of a query's `limit`. */
export const LARGEST_PAGE = 200;

/** Query `limit` and `offset`. Without a usable `total` the list is read page by page. */
export const paginationSchema = v.fallback(
	v.object({
		total: v.fallback(
			v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))),
			null,
		),
		hasMore: v.fallback(v.nullable(v.boolean()), null),
	}),
	{ total: null, hasMore: null },
);

export const failureSchema = v.object({
	success: v.literal(false),
	error: text,
	code: text,
});

export type WireTeam = v.InferOutput<typeof teamSchema>;
export type WireTeamMember = v.InferOutput<typeof teamMemberSchema>;
export type WireInvite = v.InferOutput<typeof inviteSchema>;
export type WirePhoto = v.InferOutput<typeof photoSchema>;
export type WireModel = v.InferOutput<typeof modelSchema>;
export type WireFavorite = v.InferOutput<typeof favoriteSchema>;
export type WireModelFavorite = v.InferOutput<typeof modelFavoriteSchema>;
export type WireProfilePicture = v.InferOutput<typeof profilePicture>;
