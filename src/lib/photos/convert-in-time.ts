import { StallError } from '$lib/net/errors';
import { shared } from '$lib/net/wait';
import { watched } from '$lib/net/watchdog';
import { ConvertError } from './draw';
import { PhotoError } from './errors';

/** Converting a photo takes a fraction of a second; after so long, in ms, it never ends. */
const CONVERT_MS = 60_000;

/**
 * Waits for what is made of a photo: one that the browser never finishes must not hold up the others for ever.
 * @throws PhotoError when the browser can't, or takes too long; the signal's reason
 */
export async function convertInTime<T>(convert: () => Promise<T>, signal: AbortSignal): Promise<T> {
	try {
		return await watched(CONVERT_MS, signal, (inner) => shared(convert(), inner));
	} catch (error) {
		if (error instanceof ConvertError) throw new PhotoError(error.message, { cause: error });
		if (error instanceof StallError) throw new PhotoError('The browser took too long to convert it.');
		throw error;
	}
}
