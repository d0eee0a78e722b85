import { PROFILE_PICTURE_SIDE, type Sized } from '$lib/photos/convert';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import { presetOf } from '$lib/download/options/presets';

/**
 * How a file is made from the bytes that were fetched. `jpeg`: the picture itself, as JPEG. `crop`: the profile picture
 * cut out of the headshot. Else: cut, scaled and encoded as it says.
 */
export type Make = 'jpeg' | 'crop' | Sized;

/** What a file shows, and whether a backend or this client makes it: `own-crop` comes out of the headshot. */
export type Picture = 'headshot' | 'own-crop' | 'rendered';

/** How these options make a file that shows this. */
export function makeFor(picture: Picture, { size, quality, maxBytes, preset }: DownloadOptions): Make {
	const demands = presetOf(preset);
	const limit = demands === null ? maxBytes : demands.maxBytes;
	const frame =
		demands?.frame ?? (size && { width: size.side, height: size.side }) ?? ownFrame(picture, quality, limit);
	if (frame === null && limit === null) return picture === 'own-crop' ? 'crop' : 'jpeg';
	return {
		frame,
		// A profile picture is composed already; a headshot has the head near its top.
		crop: picture === 'rendered' ? 'center' : 'head',
		minSide: demands?.minSide ?? 0,
		quality,
		maxBytes: limit,
	};
}

/** A profile picture of our own is a square, whatever else is asked for. */
function ownFrame(picture: Picture, quality: number, maxBytes: number | null): Sized['frame'] {
	const isUsual = quality === plainOptions.quality && maxBytes === null;
	if (picture !== 'own-crop' || isUsual) return null;
	return { width: PROFILE_PICTURE_SIDE, height: PROFILE_PICTURE_SIDE };
}
