import { expect } from '@playwright/test';
import type { PhotoFile, Shoot, StandIn } from '../../backend/stand-in.ts';
import type { Archive } from './archive.ts';
import { favorites, folderOf } from './company.ts';

export interface Missing {
	shoot: Shoot;
	file: Extract<PhotoFile, 'headshot' | 'pfp'>;
}

/** The archive holds every file of every favorite but the missing ones, and every JPEG byte for byte as it was served. */
export async function expectContents(
	archive: Archive,
	standIn: StandIn,
	missing: Missing[] = [],
): Promise<void> {
	const files = favorites(standIn).flatMap((shoot) => {
		const all = shoot.profilePicture ? (['headshot', 'pfp'] as const) : (['headshot'] as const);
		return all
			.filter((file) => !missing.some((one) => one.shoot.id === shoot.id && one.file === file))
			.map((file) => ({ shoot, file, path: `${folderOf(standIn, shoot)}/${file}.jpg` }));
	});
	expect(archive.paths).toEqual(files.map(({ path }) => path).sort());
	for (const { shoot, file, path } of files) {
		const bytes = await archive.bytes(path);
		if (file === 'headshot' || shoot.profilePicture?.format === 'jpeg') {
			expect(bytes.equals(await standIn.bytesOf(shoot.id, file)), `${path} is as it was served`).toBe(true);
		} else {
			expect(bytes.subarray(0, 2).toString('hex'), `${path} is a JPEG`).toBe('ffd8');
		}
	}
}
