import type { Connection } from '$lib/net/connection';
import { BusyError, StallError, TransientError } from '$lib/net/errors';
import type { Gate } from '$lib/net/gate';
import type { NetLimits } from '$lib/net/limits';
import { readBody } from '$lib/net/read-body';
import { askedToWait } from '$lib/net/retry-after';
import { retrying } from '$lib/net/retry';
import { watched } from '$lib/net/watchdog';
import { carrierWords } from './carrier-words';
import { PhotoError } from './errors';
import { detectFormat, isComplete, type PhotoFormat } from './format';
import { hasExpired, parsePhotoUrl, PhotoUrlError } from './photo-url';

/** A photo's address, which lives until `expiresAt` (ms since the epoch), and a way to a fresh one. */
export interface PhotoSource {
	url: string;
	expiresAt: number | null;
	/** @throws whatever means that there is no fresh one; it ends this photo, or the job */
	refresh(signal: AbortSignal): Promise<{ url: string; expiresAt: number | null }>;
}

export interface PhotoContext {
	/** The photo host's gate, for all photos of a job. */
	gate: Gate;
	connection: Connection;
	limits: NetLimits;
	/** The page's own origin, against which a relative address is read. */
	origin: string;
	/** Told each chunk's length in bytes as it arrives, and the negative sum of a try that is given up. */
	onbytes: (length: number) => void;
}

export interface Photo {
	/** Whole, and of a known format. */
	bytes: Uint8Array<ArrayBuffer>;
	format: PhotoFormat;
}

/** How often a refused or expired address is exchanged for a fresh one. */
const REFRESHES = 3;
/** No headshot is larger, and an endless body must end. Bytes. */
const LARGEST_PHOTO = 200 * 1024 * 1024;

/** The address was refused. ASSUMED: 401 and 403 say that it has expired, or was signed wrongly. */
class RefusedError extends Error {}

/**
 * fetch itself was rejected: nothing answered, or CORS keeps the answer from us. ASSUMED: the photo host allows this
 * origin.
 */
class NoAnswerError extends TransientError {}

/**
 * Fetches one photo whole and checked, whatever the network does on the way.
 *
 * @throws PhotoError when this photo can't be had; what `refresh` throws; the signal's reason
 */
export async function fetchPhoto(
	source: PhotoSource,
	context: PhotoContext,
	signal: AbortSignal,
): Promise<Photo> {
	let { url } = source;
	let refreshed = 0;
	if (hasExpired(source)) {
		({ url } = await source.refresh(signal));
		refreshed = 1;
	}
	// A fresh one that looks expired as well is tried all the same: perhaps this machine's clock is wrong.
	for (; ; refreshed++) {
		try {
			return await retrying(context, signal, (nth) => tryOnce(url, nth, context, signal));
		} catch (error) {
			signal.throwIfAborted();
			if (!(error instanceof RefusedError)) throw await finalError(error, url, context, signal);
			if (refreshed === REFRESHES) {
				throw new PhotoError(`${error.message} ${REFRESHES} fresh ones were of no use.`);
			}
			({ url } = await source.refresh(signal));
		}
	}
}

async function tryOnce(url: string, nth: number, context: PhotoContext, outer: AbortSignal): Promise<Photo> {
	const address = parsePhotoUrl(url, context.origin);
	let received = 0;
	return watched(context.limits.stallMs, outer, async (signal, beat) => {
		const response = await fetch(address, {
			signal,
			mode: 'cors',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			redirect: 'follow',
			// A bad copy in the HTTP cache (cut off, or kept without CORS headers) must not be served again.
			cache: nth === 1 ? 'default' : 'reload',
		}).catch((error: unknown) => {
			if (!(error instanceof TypeError)) throw error;
			throw new NoAnswerError('The photo host could not be reached.', { unreachable: true, cause: error });
		});
		try {
			beat();
			// Where redirects led: the same rules hold there.
			if (response.redirected) parsePhotoUrl(response.url, context.origin);
			const words = response.ok || address.origin !== context.origin ? null : await carrierWords(response);
			checkStatus(response, words);
			const bytes = await readBody(response, LARGEST_PHOTO, tooLarge, (length) => {
				beat();
				received += length;
				context.onbytes(length);
			}).catch(brokenOff);
			return checked(bytes);
		} finally {
			// A body that nobody reads holds one of the host's six connections.
			if (!response.bodyUsed) await response.body?.cancel().catch(() => {});
		}
	}).catch((error: unknown) => {
		context.onbytes(-received);
		throw error;
	});
}

/** @param words why the page's own server refuses it, where it does */
function checkStatus(response: Response, words: string | null): void {
	const { status } = response;
	if (status === 401 || status === 403) throw new RefusedError(`Its link was refused (status ${status}).`);
	if (status === 429 || status === 503) {
		throw new BusyError(
			`The photo host kept asking to come back later (status ${status}).`,
			askedToWait(response.headers, Date.now()),
		);
	}
	if (status >= 500) {
		throw new TransientError(words ?? `The photo host failed (status ${status}).`, {
			unreachable: status === 502 || status === 504,
		});
	}
	if (!response.ok) throw new PhotoError(words ?? `The photo host has no such photo (status ${status}).`);
}

/** Headers prove nothing about a body; its first and last bytes do. */
function checked(bytes: Uint8Array<ArrayBuffer>): Photo {
	if (bytes.length === 0) throw new TransientError('The photo host sent an empty file.');
	const format = detectFormat(bytes);
	if (format === null)
		throw new TransientError('What the photo host sent is not a photo (JPEG, PNG or WebP).');
	if (!isComplete(format, bytes)) throw new TransientError('The photo arrived cut short.');
	return { bytes, format };
}

function tooLarge(): Error {
	return new PhotoError('The photo is larger than 200 MB.');
}

function brokenOff(error: unknown): never {
	if (!(error instanceof TypeError)) throw error;
	throw new TransientError('The photo host broke off in the middle of the photo.', {
		unreachable: true,
		cause: error,
	});
}

async function finalError(
	error: unknown,
	url: string,
	{ origin }: PhotoContext,
	signal: AbortSignal,
): Promise<unknown> {
	if (error instanceof PhotoUrlError) return new PhotoError(error.message, { cause: error });
	if (error instanceof BusyError) return new PhotoError(error.message, { cause: error });
	if (error instanceof StallError)
		return new PhotoError(`The photo host gave ${error.message}.`, { cause: error });
	if (!(error instanceof TransientError)) return error;
	const blocked =
		error instanceof NoAnswerError && (await answersWithoutCors(parsePhotoUrl(url, origin), signal));
	signal.throwIfAborted();
	return new PhotoError(blocked ? 'Blocked by the photo host (CORS).' : error.message, { cause: error });
}

/** A refusal by CORS looks like a dead network; only an answer to a request that needs no CORS tells them apart. */
async function answersWithoutCors(address: URL, outer: AbortSignal): Promise<boolean> {
	try {
		await watched(5_000, outer, (signal) =>
			fetch(address, {
				method: 'HEAD',
				mode: 'no-cors',
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				signal,
			}),
		);
		return true;
	} catch {
		return false;
	}
}
