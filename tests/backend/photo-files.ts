/** Which bytes belong to which photo. */

import type { Company, PictureFormat } from './company.ts';
import { stamp } from './image-bytes.ts';
import type { PhotoPlace } from './photo-paths.ts';
import { portrait, profilePicture } from './pictures.ts';

/** The bytes of one file, the same at every request; `null` where there is no such photo (any more). */
export async function pictureAt(
	company: Company,
	place: PhotoPlace,
	headshotBytes: number | undefined,
): Promise<{ bytes: Buffer; format: PictureFormat } | null> {
	const shoot = company.shoot(place.shootId);
	const photo =
		place.file === 'pfp'
			? company.favoriteOf(place.shootId)
			: company.photosOf(place.shootId).find((one) => one.id === place.photoId);
	if (!shoot || !photo) return null;
	const id = `${place.file} ${photo.id}`;
	if (place.file === 'pfp') {
		if (!shoot.profilePicture) return null;
		const { size, format } = shoot.profilePicture;
		return { bytes: stamp(await profilePicture(shoot.face, photo.look, size, format), format, id), format };
	}
	if (place.file === 'thumbnail') {
		return { bytes: stamp(await portrait(shoot.face, photo.look, 'thumbnail'), 'jpeg', id), format: 'jpeg' };
	}
	const rendition = headshotBytes === undefined ? 'large' : 'small';
	const bytes = await portrait(shoot.face, photo.look, rendition);
	return { bytes: stamp(bytes, 'jpeg', id, headshotBytes), format: 'jpeg' };
}
