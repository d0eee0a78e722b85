import { Backend } from '$lib/backend/client';
import { asking } from '$lib/backend/token-port';
import { isBackendError, sentenceOf } from '$lib/backend/errors';
import { Gate } from '$lib/net/gate';
import type { OnePhotoApi, PhotoAnswer, PhotoOrder, SaverSettings } from '$lib/one-photo/contract';
import { cropProfilePng, toProfilePng } from '$lib/photos/convert';
import { convertInTime } from '$lib/photos/convert-in-time';
import { fetchPhoto, type Photo } from '$lib/photos/fetch-photo';
import { freshLink } from './fresh-link';

const endings = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const;

/** Gives an order the real network and canvas. In the worker, or on the main thread where no worker may run. */
export function createOnePhotoApi(): OnePhotoApi {
	const stop = new AbortController();
	/** The photo host's, for all orders. */
	const gate = new Gate();

	return {
		async fetch(order, settings, getToken) {
			const { apiBase, limits } = settings;
			const backend = new Backend({ apiBase, getToken: getToken ? asking(getToken) : undefined, limits });
			try {
				const photo = await fetchOrdered(order, settings, backend, gate, stop.signal);
				return answerOf(await make(photo, order.make, stop.signal));
			} catch (error) {
				return { ok: false, reason: reasonOf(error) };
			} finally {
				backend.dispose();
			}
		},
		cancel: () => stop.abort(new DOMException('The download was cancelled.', 'AbortError')),
		ping: () => true,
	};
}

function fetchOrdered(
	order: PhotoOrder,
	{ origin, limits }: SaverSettings,
	backend: Backend,
	gate: Gate,
	signal: AbortSignal,
): Promise<Photo> {
	const refresh = (inner: AbortSignal) => freshLink(backend, order, inner);
	const context = { gate, connection: backend.connection, limits, origin, onbytes: () => {} };
	return fetchPhoto({ ...order, refresh }, context, signal);
}

/** @throws PhotoError when the browser can't make it; the signal's reason */
async function make(photo: Photo, how: PhotoOrder['make'], signal: AbortSignal): Promise<Photo> {
	if (how === 'as-is') return photo;
	const convert = how === 'profile-png' ? toProfilePng : cropProfilePng;
	return { bytes: await convertInTime(() => convert(photo.bytes, photo.format), signal), format: 'png' };
}

function answerOf({ bytes, format }: Photo): PhotoAnswer {
	return { ok: true, blob: new Blob([bytes], { type: `image/${format}` }), ending: endings[format] };
}

function reasonOf(error: unknown): string {
	if (isBackendError(error, 'unauthorized')) {
		return 'You are signed out. Sign in to HeadshotPro in another tab, then try again.';
	}
	return sentenceOf(error);
}
