import type { PhotoFormat } from './format';

/** The browser could not decode, draw or encode a photo. */
export class ConvertError extends Error {
	override readonly name = 'ConvertError';
}

const JPEG_QUALITY = 0.95;

/** Longest side of a profile picture that is made here, in px: what the largest of its targets takes. */
const MAX_PROFILE_PICTURE_SIDE = 1024;

/** How much of a portrait's spare height is cut off above the head; the rest goes below. */
const SHARE_CUT_ABOVE = 0.1;

/** A square in an image, in px from its upper left corner. */
export interface Square {
	x: number;
	y: number;
	side: number;
}

/**
 * A photo as JPEG. One that is JPEG already comes back as the same bytes, untouched; any other is drawn on white,
 * upright, in sRGB, at quality 0.95. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't.
 */
export async function toJpeg(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array> {
	if (format === 'jpeg') return bytes;
	const bitmap = await decode(bytes, format);
	try {
		const { width, height } = bitmap;
		return await encode(draw(bitmap, { x: 0, y: 0, width, height }, width, height));
	} finally {
		bitmap.close();
	}
}

/**
 * A square profile picture out of a headshot: head and shoulders, upright, on white, never enlarged, at most 1024 px
 * wide, as JPEG at quality 0.95. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't.
 */
export async function cropProfilePicture(bytes: Uint8Array, format: PhotoFormat): Promise<Uint8Array> {
	const bitmap = await decode(bytes, format);
	try {
		const { x, y, side } = squareCrop(bitmap.width, bitmap.height);
		return await encode(scaleSquare(bitmap, { x, y, side }));
	} finally {
		bitmap.close();
	}
}

/**
 * Where head and shoulders are in a headshot of `width` × `height` px (whole, at least 1): the largest square,
 * centered across, near the top of a portrait.
 */
export function squareCrop(width: number, height: number): Square {
	const side = Math.min(width, height);
	return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) * SHARE_CUT_ABOVE), side };
}

async function decode(bytes: Uint8Array, format: PhotoFormat): Promise<ImageBitmap> {
	try {
		// No photo is read into shared memory, which a Blob would refuse.
		const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${format}` });
		return await createImageBitmap(blob, { imageOrientation: 'from-image' });
	} catch (cause) {
		throw new ConvertError('The browser can’t decode the photo.', { cause });
	}
}

/** Halves until the target is near: one big step would skip pixels and leave jagged edges. */
function scaleSquare(bitmap: ImageBitmap, { x, y, side }: Square): OffscreenCanvas {
	const target = Math.min(side, MAX_PROFILE_PICTURE_SIDE);
	let size = Math.max(target, Math.ceil(side / 2));
	let canvas = draw(bitmap, { x, y, width: side, height: side }, size, size);
	while (size > target) {
		const from = { x: 0, y: 0, width: size, height: size };
		size = Math.max(target, Math.ceil(size / 2));
		canvas = draw(canvas, from, size, size);
	}
	return canvas;
}

/** A part of an image on a white canvas of its own. */
function draw(
	image: ImageBitmap | OffscreenCanvas,
	from: { x: number; y: number; width: number; height: number },
	width: number,
	height: number,
): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d', { alpha: false });
	if (!context) throw new ConvertError('The browser can’t draw the photo.');
	context.fillStyle = '#fff';
	context.fillRect(0, 0, width, height);
	context.imageSmoothingEnabled = true;
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, from.x, from.y, from.width, from.height, 0, 0, width, height);
	return canvas;
}

async function encode(canvas: OffscreenCanvas): Promise<Uint8Array> {
	let jpeg: Blob;
	try {
		jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
	} catch (cause) {
		throw new ConvertError('The browser can’t encode the photo.', { cause });
	}
	// A browser without an encoder answers with a PNG instead.
	if (jpeg.type !== 'image/jpeg') throw new ConvertError('The browser can’t encode the photo as JPEG.');
	return new Uint8Array(await jpeg.arrayBuffer());
}
