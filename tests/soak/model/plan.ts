import type { Shoot, StandIn } from '../../backend/stand-in.ts';
import { favorites } from '../../e2e/support/company.ts';
import type { File } from './faults.ts';
import { domainOf, localPart, plain, systems, type SystemId } from './systems.ts';

/** In which form an archive is asked for: what of the page's options this walk uses. */
export interface Form {
	preset: SystemId | null;
	layout: 'folders' | 'flat-headshot' | 'flat-pfp';
	files: 'both' | 'headshots' | 'pfps';
	/** In px, of a square; `null`: as they are. */
	side: number | null;
	index: boolean;
	readme: boolean;
}

export const plainForm: Form = {
	preset: null,
	layout: 'folders',
	files: 'both',
	side: null,
	index: false,
	readme: false,
};

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
	/** The favorite, which the member may change meanwhile. */
	photoId: string;
	file: File;
}

/** Which files the archive must hold if nothing goes wrong, by the help article's rules on this company's tame names. */
export function planOf(standIn: StandIn, { form, shootIds, only }: Order): PlannedFile[] {
	const wanted = wantedFiles(form);
	const shoots = favorites(standIn)
		.filter(({ id }) => shootIds === null || shootIds.includes(id))
		.filter((shoot) => wanted.includes('headshot') || shoot.profilePicture !== null);
	const pathOf = form.layout === 'folders' ? folderPaths() : flatPaths(shoots, form.preset);
	return shoots.flatMap((shoot) => {
		const path = pathOf(shoot);
		return wanted
			.filter((file) => file === 'headshot' || shoot.profilePicture !== null)
			.filter((file) => only === null || only.some((one) => one.shootId === shoot.id && one.file === file))
			.map((file) => ({ path: path(file), shoot, photoId: shoot.favoriteId!, file }));
	});
}

export function extraPaths({ index, readme, preset }: Form): string[] {
	const mapping = preset === null ? null : systems[preset].mapping;
	return [...(index ? ['index.csv'] : []), ...(readme ? ['README.txt'] : []), ...(mapping ? [mapping] : [])];
}

type PathsOf = (shoot: Shoot) => (file: File) => string;

function folderPaths(): PathsOf {
	const nth = counter();
	return ({ email, title }) => {
		const folder = numbered(`${email} - ${title}`, nth(`${email} - ${title}`), ' (', ')');
		return (file) => `${folder}/${file}.jpg`;
	};
}

/** The latest of a member comes first, and has the name that a system looks for. */
function flatPaths(shoots: Shoot[], preset: SystemId | null): PathsOf {
	const rule = preset === null ? 'email' : systems[preset].rule;
	const domains = new Set(shoots.map(({ email }) => domainOf(email!)));
	const nth = counter();
	return ({ email }) => {
		const folder = rule === 'local-part' && domains.size > 1 ? `${domainOf(email!)}/` : '';
		const stem = folder + (rule === 'email' ? email! : rule === 'plain' ? plain(email!) : localPart(email!));
		const name = rule === 'plain' ? numbered(stem, nth(stem), '_', '') : numbered(stem, nth(stem), ' (', ')');
		return () => `${name}.jpg`;
	};
}

function counter(): (text: string) => number {
	const counts = new Map<string, number>();
	return (text) => {
		const count = (counts.get(text) ?? 0) + 1;
		counts.set(text, count);
		return count;
	};
}

function numbered(stem: string, nth: number, before: string, after: string): string {
	return nth === 1 ? stem : `${stem}${before}${nth}${after}`;
}

function wantedFiles({ layout, files }: Form): File[] {
	if (layout === 'flat-headshot') return ['headshot'];
	if (layout === 'flat-pfp') return ['pfp'];
	return files === 'both' ? ['headshot', 'pfp'] : files === 'headshots' ? ['headshot'] : ['pfp'];
}
