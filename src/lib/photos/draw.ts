import type { PhotoFormat } from './format';

/** The browser could not decode, draw or encode a photo. */
export class ConvertError extends Error {
	override readonly name = 'ConvertError';
}

/** A square in an image, in px from its upper left corner. */
export interface Square {
	x: number;
	y: number;
	side: number;
}

/** A part of an image, in px from its upper left corner. */
export interface Part {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** What a picture is drawn on: a color, or `null` where transparency stays. */
type Ground = '#fff' | null;

/**
 * Decodes a photo upright, as its EXIF orientation says, hands it to `work`, and gives its memory back.
 * @throws ConvertError when the browser can't; what `work` throws
 */
export async function decoded<T>(
	bytes: Uint8Array,
	format: PhotoFormat,
	work: (bitmap: ImageBitmap) => Promise<T>,
): Promise<T> {
	const bitmap = await decode(bytes, format);
	try {
		return await work(bitmap);
	} finally {
		bitmap.close();
	}
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

/** A square of an image, scaled to `target` px, larger or smaller. */
export function scaleSquare(
	bitmap: ImageBitmap,
	{ x, y, side }: Square,
	target: number,
	ground: Ground,
): OffscreenCanvas {
	const square = { x, y, width: side, height: side };
	return scale(bitmap, square, { width: target, height: target }, ground);
}

/**
 * A part of an image, scaled to `target` px, larger or smaller. It halves until the target is near: one big step
 * would skip pixels and leave jagged edges.
 */
export function scale(
	bitmap: ImageBitmap,
	part: Part,
	target: { width: number; height: number },
	ground: Ground,
): OffscreenCanvas {
	let width = Math.max(target.width, Math.ceil(part.width / 2));
	let height = Math.max(target.height, Math.ceil(part.height / 2));
	let canvas = draw(bitmap, part, width, height, ground);
	while (width > target.width || height > target.height) {
		const from = { x: 0, y: 0, width, height };
		width = Math.max(target.width, Math.ceil(width / 2));
		height = Math.max(target.height, Math.ceil(height / 2));
		canvas = draw(canvas, from, width, height, ground);
	}
	return canvas;
}

/** A part of an image on a canvas of its own, in sRGB. */
export function draw(
	image: ImageBitmap | OffscreenCanvas,
	from: Part,
	width: number,
	height: number,
	ground: Ground,
): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d', { alpha: ground === null, colorSpace: 'srgb' });
	if (!context) throw new ConvertError('The browser can’t draw the photo.');
	if (ground !== null) {
		context.fillStyle = ground;
		context.fillRect(0, 0, width, height);
	}
	context.imageSmoothingEnabled = true;
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, from.x, from.y, from.width, from.height, 0, 0, width, height);
	return canvas;
}

/** @param quality 0 to 1; a PNG has none */
export async function encode(
	canvas: OffscreenCanvas,
	format: 'jpeg' | 'png',
	quality?: number,
): Promise<Uint8Array<ArrayBuffer>> {
	const type = `image/${format}`;
	let blob: Blob;
	try {
		blob = await canvas.convertToBlob(quality === undefined ? { type } : { type, quality });
	} catch (cause) {
		throw new ConvertError('The browser can’t encode the photo.', { cause });
	}
	// A browser without an encoder answers with a PNG instead.
	if (blob.type !== type) {
		throw new ConvertError(`The browser can’t encode the photo as ${format.toUpperCase()}.`);
	}
	return new Uint8Array(await blob.arrayBuffer());
}
