import type { Shoot, StandIn } from '../../backend/stand-in.ts';
import { favorites } from '../../e2e/support/company.ts';
import type { File } from './faults.ts';

/** In which form an archive is asked for: what of the page's options this walk uses. */
export interface Form {
	layout: 'folders' | 'flat-headshot' | 'flat-pfp';
	files: 'both' | 'headshots' | 'pfps';
	index: boolean;
	readme: boolean;
}

export const plainForm: Form = { layout: 'folders', files: 'both', index: false, readme: false };

/** What a download is about. */
export interface Order {
	form: Form;
	/** Only these shoots; `null` for all. */
	shootIds: string[] | null;
	/** Only these files of theirs; `null` for all. */
	only: { shootId: string; file: File }[] | null;
}

export const everything: Order = { form: plainForm, shootIds: null, only: null };

export interface PlannedFile {
	path: string;
	shoot: Shoot;
	file: File;
}

/** Which files the archive must hold if nothing goes wrong, by the help article's rules on this company's tame names. */
export function planOf(standIn: StandIn, { form, shootIds, only }: Order): PlannedFile[] {
	const wanted = wantedFiles(form);
	const shoots = favorites(standIn)
		.filter(({ id }) => shootIds === null || shootIds.includes(id))
		.filter((shoot) => wanted.includes('headshot') || shoot.profilePicture !== null);
	const taken = new Map<string, number>();
	return shoots.flatMap((shoot) => {
		const { email, title, profilePicture } = shoot;
		const stem = form.layout === 'folders' ? `${email} - ${title}` : email!;
		const nth = (taken.get(stem) ?? 0) + 1;
		taken.set(stem, nth);
		const name = nth === 1 ? stem : `${stem} (${nth})`;
		return wanted
			.filter((file) => file === 'headshot' || profilePicture !== null)
			.filter((file) => only === null || only.some((one) => one.shootId === shoot.id && one.file === file))
			.map((file) => ({
				path: form.layout === 'folders' ? `${name}/${file}.jpg` : flat(email!, nth),
				shoot,
				file,
			}));
	});
}

export function extraPaths({ index, readme }: Form): string[] {
	return [...(index ? ['index.csv'] : []), ...(readme ? ['README.txt'] : [])];
}

function flat(email: string, nth: number): string {
	return nth === 1 ? `${email}.jpg` : `${email} (${nth}).jpg`;
}

function wantedFiles({ layout, files }: Form): File[] {
	if (layout === 'flat-headshot') return ['headshot'];
	if (layout === 'flat-pfp') return ['pfp'];
	return files === 'both' ? ['headshot', 'pfp'] : files === 'headshots' ? ['headshot'] : ['pfp'];
}
