import { partOf } from './crop';
import { ConvertError, decoded, encode, scale } from './draw';
import type { PhotoFormat } from './format';

/** In which form a photo is wanted; plain, cloneable data. */
export interface Sized {
	/** The size in px, which is also the shape; a smaller picture stays as large as it is. `null`: the whole picture. */
	frame: { width: number; height: number } | null;
	/** What is cut off where the shape differs: see `partOf`. */
	crop: 'head' | 'center';
	/** Enlarged until no side is shorter than this, in px; 0: never enlarged. */
	minSide: number;
	/** 0 to 1; what it begins with where `maxBytes` counts. */
	quality: number;
	/** The largest file, in bytes; `null`: any. */
	maxBytes: number | null;
}

/** Quality goes down by so much at a time, and no further: below it, JPEG shows blocks. */
const QUALITY_STEP = 0.1;
const WORST_QUALITY = 0.4;

/**
 * A photo as JPEG of a size, shape and weight: upright, on white, in sRGB. One that is JPEG, whole and light enough
 * already comes back as the same bytes. For a worker or a page: needs OffscreenCanvas.
 * @throws ConvertError when the browser can't, or when even the worst quality is too heavy
 */
export async function toSized(
	bytes: Uint8Array,
	format: PhotoFormat,
	sized: Sized,
): Promise<{ bytes: Uint8Array; width: number; height: number; isEnlarged: boolean }> {
	return decoded(bytes, format, async (bitmap) => {
		const { width, height } = bitmap;
		const isLight = sized.maxBytes === null || bytes.length <= sized.maxBytes;
		if (sized.frame === null && format === 'jpeg' && isLight)
			return { bytes, width, height, isEnlarged: false };
		const part = partOf(bitmap, sized.frame ?? bitmap, sized.crop);
		const target = targetOf(part, sized);
		const canvas = scale(bitmap, part, target, '#fff');
		const encoded = await encodeWithin(canvas, sized);
		return { bytes: encoded, ...target, isEnlarged: target.width > part.width };
	});
}

/** The frame itself, or as much of it as there are pixels for. */
function targetOf(
	part: { width: number; height: number },
	{ frame, minSide }: Sized,
): { width: number; height: number } {
	if (frame === null) return { width: part.width, height: part.height };
	const least = minSide / Math.min(frame.width, frame.height);
	const share = Math.min(1, Math.max(least, part.width / frame.width));
	return { width: Math.round(frame.width * share), height: Math.round(frame.height * share) };
}

async function encodeWithin(
	canvas: OffscreenCanvas,
	{ quality, maxBytes }: Sized,
): Promise<Uint8Array<ArrayBuffer>> {
	for (let now = quality; ; now = Math.max(WORST_QUALITY, now - QUALITY_STEP)) {
		const encoded = await encode(canvas, 'jpeg', now);
		if (maxBytes === null || encoded.length <= maxBytes) return encoded;
		if (now <= WORST_QUALITY) {
			throw new ConvertError(`It doesn’t get smaller than the ${weight(maxBytes)} that are allowed.`);
		}
	}
}

function weight(bytes: number): string {
	return bytes < 1_000_000 ? `${Math.floor(bytes / 1000)} kB` : `${bytes / 1_000_000} MB`;
}
