import { decoded, encode, scale } from '$lib/photos/draw';
import { detectFormat } from '$lib/photos/format';

/** A card is about so wide on the screen, in px; a list's picture less. */
const WIDTH = 240;
const QUALITY = 0.7;

/** A photo as a small JPEG, some 5 to 10 kB; `null` when it is none. @throws ConvertError */
export async function makeThumbnail(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
	const format = detectFormat(bytes);
	if (format === null) return null;
	return decoded(bytes, format, async (bitmap) => {
		const { width, height } = bitmap;
		const share = Math.min(1, WIDTH / width);
		const target = {
			width: Math.max(1, Math.round(width * share)),
			height: Math.max(1, Math.round(height * share)),
		};
		return encode(scale(bitmap, { x: 0, y: 0, width, height }, target, '#fff'), 'jpeg', QUALITY);
	});
}
