import type { Part, Square } from './draw';

/** How much of a portrait's spare height is cut off above the head; the rest goes below. */
const SHARE_CUT_ABOVE = 0.1;

/**
 * The largest part of a picture that has the proportions of `shape`, in whole px. `head`: centered across, near the
 * top, where head and shoulders are in a headshot. `center`: the middle of a picture that somebody composed.
 */
export function partOf(
	picture: { width: number; height: number },
	shape: { width: number; height: number },
	crop: 'head' | 'center',
): Part {
	const ratio = shape.width / shape.height;
	const width = Math.max(1, Math.min(picture.width, Math.round(picture.height * ratio)));
	const height = Math.max(1, Math.min(picture.height, Math.round(picture.width / ratio)));
	const above = crop === 'head' ? SHARE_CUT_ABOVE : 0.5;
	return {
		x: Math.floor((picture.width - width) / 2),
		y: Math.floor((picture.height - height) * above),
		width,
		height,
	};
}

/**
 * Where head and shoulders are in a headshot of `width` × `height` px (whole, at least 1): the largest square,
 * centered across, near the top of a portrait.
 */
export function squareCrop(width: number, height: number): Square {
	return squareOf(partOf({ width, height }, { width: 1, height: 1 }, 'head'));
}

/** The middle of a picture that somebody composed. */
export function centerCrop(width: number, height: number): Square {
	return squareOf(partOf({ width, height }, { width: 1, height: 1 }, 'center'));
}

function squareOf({ x, y, width }: Part): Square {
	return { x, y, side: width };
}
