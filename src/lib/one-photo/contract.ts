/**
 * What crosses the worker's boundary when one photo is saved: plain, cloneable data. Imports nothing but such.
 */
import type { AskForToken } from '$lib/backend/token-port';
import type { NetLimits } from '$lib/net/limits';

/** What a person calls the file. */
export type FileKind = 'pfp' | 'headshot' | 'original';

/** One picture to fetch, and what becomes of it. */
export interface PhotoOrder {
	shootId: string;
	photoId: string;
	/** Which of the shoot's pictures it is: its links are renewed in different ways. */
	picture: 'headshot' | 'profile-picture' | 'original';
	/** Signed; lives until `expiresAt` (ms since the epoch). */
	url: string;
	expiresAt: number | null;
	/**
	 * `as-is`: the very bytes. `profile-png`: the whole picture as a PNG of 600 × 600 px. `head-and-shoulders-png`: the
	 * same, cut out of a headshot.
	 */
	make: 'as-is' | 'profile-png' | 'head-and-shoulders-png';
}

export type PhotoAnswer =
	| { ok: true; blob: Blob; ending: 'jpg' | 'png' | 'webp' }
	/** `reason` is a sentence for the person. */
	| { ok: false; reason: string };

/** How the worker reaches the backend and how patient it is; the page's settings, as plain data. */
export interface SaverSettings {
	/** Absolute URL. */
	apiBase: string;
	/** The page's own origin, for photos carried by the page's server. */
	origin: string;
	limits: NetLimits;
}

/** What the worker offers; any number of orders at a time. */
export interface OnePhotoApi {
	/**
	 * Fetches one photo and makes the file; never rejects.
	 * @param getToken where the page has one: asks it for an access token
	 */
	fetch(order: PhotoOrder, settings: SaverSettings, getToken: AskForToken | null): Promise<PhotoAnswer>;
	/** Stops whatever is under way, for good. */
	cancel(): void;
	/** Answers, so that the page knows that the worker lives. */
	ping(): true;
}
