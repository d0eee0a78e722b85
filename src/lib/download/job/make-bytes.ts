import { cropProfilePicture, toJpeg, toSized } from '$lib/photos/convert';
import type { PhotoFormat } from '$lib/photos/format';
import type { Make } from './make';

/** A file's bytes, and what is worth knowing about them, as the rest of a sentence that begins with the file. */
export interface Made {
	bytes: Uint8Array;
	note: string | null;
}

/**
 * Makes one file of the archive out of a photo. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't, or when it gets no smaller than is allowed
 */
export async function makeBytes(bytes: Uint8Array, format: PhotoFormat, make: Make): Promise<Made> {
	if (make === 'jpeg') return { bytes: await toJpeg(bytes, format), note: null };
	if (make === 'crop') return { bytes: await cropProfilePicture(bytes, format), note: null };
	const made = await toSized(bytes, format, make);
	const note = made.isEnlarged
		? `was too small and had to be enlarged to ${made.width} × ${made.height} px`
		: null;
	return { bytes: made.bytes, note };
}
