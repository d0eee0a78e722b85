/**
 * A HeadshotPro backend for tests and for trying the page out: real HTTP on two origins, real pictures, faults on
 * demand. What it says follows HeadshotPro's public API pages; what those leave open is this project's assumption.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDoor, createRateLimit } from './access.ts';
import type { Auth } from './access.ts';
import { createApiHost } from './api.ts';
import { castCompany } from './casting.ts';
import type { Company } from './company.ts';
import { FaultList } from './faults.ts';
import type { Fault } from './fault-kinds.ts';
import type { LogEntry, PhotoFile } from './log.ts';
import { pictureAt } from './photo-files.ts';
import { createLinks } from './photo-paths.ts';
import { createPhotoHost } from './photos.ts';
import type { Missing } from './routes.ts';
import { createSigner } from './signing.ts';

export type { Auth } from './access.ts';
export type * from './company.ts';
export type { Fault, FaultKind } from './fault-kinds.ts';
export type { FaultList } from './faults.ts';
export type { LogEntry, PhotoFile } from './log.ts';

export interface StandInOptions {
	/** Rows of the team; default 60. Every sixty hold each case there is. */
	members?: number;
	/** Everybody has finished, has one favorite and lacks nothing: as many favorites as members. */
	plain?: boolean;
	seed?: number;
	/** ms since the epoch that finished dates count back from; default: the start of today, UTC. */
	now?: number;
	/** All of the company, after generation, may be edited by a test. */
	edit?: (company: Company) => void;
	faults?: Fault[];
	/** Default: the session cookie that `pageHeaders` hands out. */
	auth?: Auth;
	/** Default 300. */
	rateLimit?: { perMinute: number };
	/** Access links that are sent before INVITE_LIMIT_EXCEEDED; default 50. */
	inviteLimit?: number;
	/** How long a photo URL lives; default 24 hours. */
	urlLifetimeMs?: number;
	/** Headshots of about this size: small pictures padded with noise of their own. Default: 1.5 to 4 MB, unpadded. */
	headshotBytes?: number;
	/** Endpoints (404) and fields that this backend hasn't got. */
	without?: Missing[];
	/** Before every answer, of the API and of photos. */
	latencyMs?: number;
	/** Of each photo's body. */
	bytesPerSecond?: number;
	/** Other origins whose pages may call the API, with credentials. */
	allowedOrigins?: string[];
	/** Default true. */
	photoCors?: boolean;
}

export interface StandIn {
	/** Handles every request whose path starts with /api/v2; false when it's not its own. */
	api(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
	/** Headers that the page server adds to the HTML answer: the session cookie. */
	pageHeaders(): Record<string, string>;
	photoOrigin: string;
	/** Live: may be changed between requests. */
	company: Company;
	faults: FaultList;
	log: LogEntry[];
	signOut(): void;
	signIn(): void;
	/** The very bytes that the photo host serves, of a shoot's favorite (of its first photo when it has none). */
	bytesOf(shootId: string, file: PhotoFile): Promise<Buffer>;
	/** Requests being answered right now on the photo host. */
	inFlight(): number;
	/** Cuts connections and refuses new ones. */
	pause(host: 'photos' | 'api'): Promise<void>;
	/** Answers again, photos on the same port. */
	resume(host: 'photos' | 'api'): Promise<void>;
	close(): Promise<void>;
}

const day = 86_400_000;

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
	const { members = 60, seed = 1, plain = false, latencyMs = 0, headshotBytes } = options;
	const now = options.now ?? Math.floor(Date.now() / day) * day;
	const company = castCompany({ members, seed, plain, now });
	options.edit?.(company);
	const log: LogEntry[] = [];
	const faults = new FaultList(company, options.faults);
	const signer = createSigner(options.urlLifetimeMs ?? day);
	const door = createDoor(options.auth ?? { kind: 'cookie' });
	const photos = createPhotoHost({
		company,
		signer,
		faults,
		log,
		headshotBytes,
		latencyMs,
		bytesPerSecond: options.bytesPerSecond ?? Infinity,
		cors: options.photoCors ?? true,
	});
	let invitesLeft = options.inviteLimit ?? 50;
	const api = createApiHost({
		desk: {
			company,
			links: createLinks(company, signer, faults, photos.origin),
			without: new Set(options.without),
			mayInvite: () => invitesLeft-- > 0,
		},
		door,
		rateLimit: createRateLimit(options.rateLimit?.perMinute ?? 300),
		faults,
		log,
		latencyMs,
		allowedOrigins: options.allowedOrigins ?? [],
	});
	await photos.listen();

	return {
		api: api.handle,
		pageHeaders: door.pageHeaders,
		photoOrigin: photos.origin(),
		company,
		faults,
		log,
		signOut: door.signOut,
		signIn: door.signIn,
		async bytesOf(shootId, file) {
			const photo = company.favoriteOf(shootId) ?? company.photosOf(shootId)[0];
			const photoId = file === 'pfp' ? null : (photo?.id ?? null);
			const picture = await pictureAt(company, { shootId, photoId, file }, headshotBytes);
			if (!picture) throw new Error(`Shoot ${shootId} has no ${file}`);
			return picture.bytes;
		},
		inFlight: photos.inFlight,
		pause: async (host) => (host === 'photos' ? photos.stop() : api.pause()),
		resume: async (host) => (host === 'photos' ? photos.listen() : api.resume()),
		async close() {
			api.pause();
			await photos.stop();
		},
	};
}
