import { decoded, draw, encode, scaleSquare, type Square } from './draw';
import { centerCrop, squareCrop } from './crop';
import type { PhotoFormat } from './format';

export { squareCrop } from './crop';

export { ConvertError } from './draw';
export type { Square } from './draw';
export { toSized, type Sized } from './sized';

const JPEG_QUALITY = 0.95;

/** Longest side of a profile picture that is made here, in px: what the largest of its targets takes. */
export const PROFILE_PICTURE_SIDE = 1024;

/** Side of the profile picture that one member's download gives, in px: the help article promises 600 × 600. */
const PROFILE_PNG_SIDE = 600;

/**
 * A photo as JPEG. One that is JPEG already comes back as the same bytes, untouched; any other is drawn on white,
 * upright, in sRGB, at quality 0.95. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't.
 */
export async function toJpeg(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array> {
	if (format === 'jpeg') return bytes;
	return decoded(bytes, format, (bitmap) => {
		const { width, height } = bitmap;
		const canvas = draw(bitmap, { x: 0, y: 0, width, height }, width, height, '#fff');
		return encode(canvas, 'jpeg', JPEG_QUALITY);
	});
}

/**
 * A square profile picture out of a headshot: head and shoulders, upright, on white, never enlarged, at most 1024 px
 * wide, as JPEG at quality 0.95. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't.
 */
export async function cropProfilePicture(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array> {
	return decoded(bytes, format, (bitmap) => {
		const square = squareCrop(bitmap.width, bitmap.height);
		const side = Math.min(square.side, PROFILE_PICTURE_SIDE);
		return encode(scaleSquare(bitmap, square, side, '#fff'), 'jpeg', JPEG_QUALITY);
	});
}

/**
 * A profile picture as a PNG of 600 × 600 px: upright, in sRGB, its transparency kept. One that isn't square loses
 * its edges on both sides alike, and is never stretched. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't.
 */
export function toProfilePng(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array<ArrayBuffer>> {
	return profilePng(bytes, format, centerCrop);
}

/**
 * The same out of a headshot: head and shoulders.
 * @throws ConvertError when the browser can't.
 */
export function cropProfilePng(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array<ArrayBuffer>> {
	return profilePng(bytes, format, squareCrop);
}

function profilePng(
	bytes: Uint8Array,
	format: PhotoFormat,
	crop: (width: number, height: number) => Square,
): Promise<Uint8Array<ArrayBuffer>> {
	return decoded(bytes, format, (bitmap) => {
		const square = crop(bitmap.width, bitmap.height);
		return encode(scaleSquare(bitmap, square, PROFILE_PNG_SIDE, null), 'png');
	});
}
