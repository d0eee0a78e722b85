/** The photo host's address book: paths for files, and signed URLs for the API's answers. */

import type { Company, Photo, PictureFormat, Shoot } from './company.ts';
import type { FaultList } from './faults.ts';
import type { PhotoFile } from './log.ts';
import type { Signer } from './signing.ts';

export interface PhotoPlace {
	shootId: string;
	/** `pfp` has none: the picture follows the favorite. */
	photoId: string | null;
	file: PhotoFile;
}

const extensions: Record<PictureFormat, string> = { jpeg: 'jpg', png: 'png', webp: 'webp' };

export function pathOf(place: PhotoPlace, format: PictureFormat = 'jpeg'): string {
	const folder = place.photoId === null ? '' : `${place.photoId}/`;
	return `/shoots/${place.shootId}/${folder}${place.file}.${extensions[format]}`;
}

const shape =
	/^\/(?:shoots|copies)\/([^/]+)\/(?:([^/]+)\/)?(headshot|thumbnail|original|pfp)\.(?:jpg|png|webp)$/;

export function placeOf(path: string): PhotoPlace | null {
	const [, shootId, photoId = null, file] = shape.exec(path) ?? [];
	return shootId && file ? { shootId, photoId, file: file as PhotoFile } : null;
}

export interface Links {
	photo(shoot: Shoot, photo: Photo, all: boolean): { urls: Record<string, string>; expiresAt: string };
	/** Of the favorite. */
	profilePicture(shoot: Shoot): { url: string; width: number; height: number; expiresAt: string } | null;
}

/** @param origin asked at every use: the port is known only after the photo host listens */
export function createLinks(
	company: Company,
	signer: Signer,
	faults: FaultList,
	origin: () => string,
): Links {
	function link(place: PhotoPlace, format?: PictureFormat): { url: string; expiresAt: string } {
		const path = pathOf(place, format);
		const { query, expiresAt } = signer.sign(path);
		const wrong = faults.takeUrl({ host: 'api', path, shootId: place.shootId, file: place.file });
		return { url: wrong ?? `${origin()}${path}?${query}`, expiresAt };
	}

	return {
		photo(shoot, photo, all) {
			const of = (file: PhotoFile) => link({ shootId: shoot.id, photoId: photo.id, file });
			const main = of('headshot');
			const urls: Record<string, string> = { main: main.url };
			if (all) Object.assign(urls, { thumbnail: of('thumbnail').url, original: of('original').url });
			return { urls, expiresAt: main.expiresAt };
		},
		profilePicture(shoot) {
			const picture = shoot.profilePicture;
			if (!picture || !company.favoriteOf(shoot.id)) return null;
			const { url, expiresAt } = link({ shootId: shoot.id, photoId: null, file: 'pfp' }, picture.format);
			return { url, width: picture.size, height: picture.size, expiresAt };
		},
	};
}
