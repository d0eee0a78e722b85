import { SvelteSet } from 'svelte/reactivity';
import type { GetToken } from '$lib/backend/token';
import { answering } from '$lib/backend/token-port';
import type { FinishedShoot, SignedUrl } from '$lib/members/member';
import { photoFileName } from '$lib/members/names';
import { shared } from '$lib/net/wait';
import { whyStopped } from '$lib/worker/errors';
import type { Spawned } from '$lib/worker/spawn';
import { spawnLater } from '$lib/worker/spawn-later';
import type { FileKind, OnePhotoApi, PhotoAnswer, PhotoOrder, SaverSettings } from './contract';
import address from './job/one-photo.worker?worker&url';

export type SaveResult =
	| { ok: true; filename: string }
	/** A sentence for the person; `null` when there is nothing to tell: cancelled, or under way already. */
	| { ok: false; reason: string | null };

export interface PhotoSaverOptions {
	settings: SaverSettings;
	getToken?: GetToken | undefined;
	/** Hands the finished file to the browser. */
	save(blob: Blob, filename: string): void;
}

/** A photo of the gallery, as far as saving it goes. */
export interface SavablePhoto {
	id: string;
	original: SignedUrl;
}

/** A worker and those who wait for it; it ends with the last of them. */
interface Crew {
	worker: Promise<Spawned<OnePhotoApi>>;
	orders: number;
	/** Aborted when nobody wants its work any more. */
	over: AbortController;
}

const NO_FAVORITE = 'The member has chosen no favorite yet.';
const NO_PICTURE = 'The member has no profile picture. Generate it in HeadshotPro.';

/** Saves single photos of a member as files. Several may be under way; each of them once. */
export class PhotoSaver {
	#options: PhotoSaverOptions;
	#crew: Crew | null = null;
	readonly #busy = new SvelteSet<string>();

	constructor(options: PhotoSaverOptions) {
		this.#options = options;
	}

	/** A file is under way. `id` is the shoot's; for an `original`, the photo's. */
	isBusy(kind: FileKind, id: string): boolean {
		return this.#busy.has(`${kind} ${id}`);
	}

	/** Saves the profile picture as a PNG of 600 × 600 px. Never rejects. */
	async pfp(shoot: FinishedShoot): Promise<SaveResult> {
		const { favorite } = shoot;
		if (!favorite) return { ok: false, reason: NO_FAVORITE };
		const { profilePicture, headshot, photoId } = favorite;
		if (profilePicture.kind === 'none') return { ok: false, reason: NO_PICTURE };
		const how = profilePicture.kind === 'rendered' ? rendered(profilePicture) : cropped(headshot);
		return this.#save('pfp', shoot, { shootId: shoot.id, photoId, ...how });
	}

	/** Saves the favorite as it is. Never rejects. */
	async headshot(shoot: FinishedShoot): Promise<SaveResult> {
		if (!shoot.favorite) return { ok: false, reason: NO_FAVORITE };
		const { headshot, photoId } = shoot.favorite;
		return this.#save('headshot', shoot, {
			shootId: shoot.id,
			photoId,
			picture: 'headshot',
			...linkOf(headshot),
			make: 'as-is',
		});
	}

	/** Saves any photo of the shoot, in its original size. Never rejects. */
	async photo(shoot: FinishedShoot, { id, original }: SavablePhoto): Promise<SaveResult> {
		return this.#save('original', shoot, {
			shootId: shoot.id,
			photoId: id,
			picture: 'original',
			...linkOf(original),
			make: 'as-is',
		});
	}

	/** Stops whatever is under way. Nothing more is saved. */
	cancel(): void {
		this.#busy.clear();
		if (this.#crew) this.#dismiss(this.#crew);
	}

	dispose(): void {
		this.cancel();
	}

	async #save(kind: FileKind, shoot: FinishedShoot, order: PhotoOrder): Promise<SaveResult> {
		const key = `${kind} ${kind === 'original' ? order.photoId : shoot.id}`;
		if (this.#busy.has(key)) return { ok: false, reason: null };
		this.#busy.add(key);
		const crew = (this.#crew ??= hire());
		const { over } = crew;
		crew.orders++;
		try {
			const answer = await shared(this.#fetch(crew, order), over.signal);
			if (!answer.ok) return answer;
			const what = kind === 'original' ? `original ${order.photoId}` : kind;
			const filename = photoFileName(shoot, what, answer.ending);
			this.#options.save(answer.blob, filename);
			return { ok: true, filename };
		} catch (error) {
			if (over.signal.aborted) return { ok: false, reason: null };
			console.error(error);
			// Its other orders hear of it by themselves; the next one gets a new worker.
			if (this.#crew === crew) this.#crew = null;
			return { ok: false, reason: whyStopped(error, 'downloads') };
		} finally {
			// After a cancel, the key may be the next order's.
			if (!over.signal.aborted) this.#busy.delete(key);
			if (--crew.orders === 0) this.#dismiss(crew);
		}
	}

	async #fetch(crew: Crew, order: PhotoOrder): Promise<PhotoAnswer> {
		const { settings, getToken } = this.#options;
		const { api, proxy, lost } = await crew.worker;
		crew.over.signal.throwIfAborted();
		const token = getToken ? proxy(answering(getToken)) : null;
		return Promise.race([api.fetch(order, settings, token), lost]);
	}

	#dismiss(crew: Crew): void {
		if (this.#crew === crew) this.#crew = null;
		if (crew.over.signal.aborted) return;
		crew.over.abort();
		crew.worker.then(
			(worker) => worker.end(),
			() => {},
		);
	}
}

function hire(): Crew {
	const worker = spawnLater<OnePhotoApi>(address, async () =>
		(await import('./job/api')).createOnePhotoApi(),
	);
	return { worker, orders: 0, over: new AbortController() };
}

function rendered(picture: SignedUrl): Pick<PhotoOrder, 'picture' | 'url' | 'expiresAt' | 'make'> {
	return { picture: 'profile-picture', ...linkOf(picture), make: 'profile-png' };
}

function cropped(headshot: SignedUrl): Pick<PhotoOrder, 'picture' | 'url' | 'expiresAt' | 'make'> {
	return { picture: 'headshot', ...linkOf(headshot), make: 'head-and-shoulders-png' };
}

/** Nothing else of it may cross over to the worker. */
function linkOf({ url, expiresAt }: SignedUrl): SignedUrl {
	return { url, expiresAt };
}
