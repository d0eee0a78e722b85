import { memberKey, type FinishedShoot } from '$lib/members/member';
import { FileNames, FolderNames } from '$lib/members/names';
import type { FileName } from '$lib/download/contract';
import type { DownloadOptions } from '$lib/download/options/options';
import { presetOf } from '$lib/download/options/presets';

/** Where a favorite's files are in the archive. */
export interface Place {
	/** Without a slash; `''` is the root. */
	folder: string;
	pathOf: (name: FileName) => string;
	/** A system that matches people by file name finds the member. */
	isExact: boolean;
	/** Of all that the member has chosen, from the photo shoot that was finished last. */
	isLatest: boolean;
}

export const INDEX_PATH = 'index.csv';
export const README_PATH = 'README.txt';

/** Files that stand beside the photos in the root. */
function extraPaths({ index, readme, preset }: DownloadOptions): string[] {
	const mapping = presetOf(preset)?.mapping;
	return [
		...(index ? [INDEX_PATH] : []),
		...(readme ? [README_PATH] : []),
		...(mapping ? [mapping.path] : []),
	];
}

/** One place for each shoot, in the same order; no two have a path in common. */
export function placesOf(shoots: readonly FinishedShoot[], options: DownloadOptions): Place[] {
	const latest = latestOf(shoots);
	const place = options.layout === 'folders' ? folderPlaces(options) : flatPlaces(shoots, options);
	// The one that a system will show goes first: the others get the numbers.
	const first = shoots.filter((shoot) => latest.has(shoot));
	const others = shoots.filter((shoot) => !latest.has(shoot));
	const order = options.layout === 'folders' ? shoots : [...first, ...others];
	const places = new Map(order.map((shoot) => [shoot, place(shoot)]));
	return shoots.map((shoot) => ({ ...places.get(shoot)!, isLatest: latest.has(shoot) }));
}

type PlaceOf = (shoot: FinishedShoot) => Omit<Place, 'isLatest'>;

function folderPlaces(options: DownloadOptions): PlaceOf {
	const names = new FolderNames(extraPaths(options));
	return (shoot) => {
		const folder = names.take(shoot);
		return { folder, pathOf: (name) => `${folder}/${name}`, isExact: true };
	};
}

function flatPlaces(shoots: readonly FinishedShoot[], options: DownloadOptions): PlaceOf {
	const rule = presetOf(options.preset)?.fileRule ?? 'email';
	const extras = extraPaths(options);
	const folderOf = rule === 'local-part' ? domainFolders(shoots, extras) : new Map<string, string>();
	const names = new FileNames(rule, [...extras, ...folderOf.values()]);
	return (shoot) => {
		const folder = folderOf.get(domainOf(shoot)) ?? '';
		const { name, isExact } = names.take(shoot, folder);
		const path = folder === '' ? name : `${folder}/${name}`;
		return { folder, pathOf: () => path, isExact };
	};
}

/** Whoever shares a local part with somebody at another domain: a folder for each domain keeps them apart. */
function domainFolders(shoots: readonly FinishedShoot[], extras: readonly string[]): Map<string, string> {
	const domains = new Set(shoots.map(domainOf).filter((domain) => domain !== ''));
	if (domains.size < 2) return new Map();
	const names = new FolderNames(extras);
	return new Map([...domains].map((domain) => [domain, names.takeOther(domain)]));
}

function domainOf({ email }: FinishedShoot): string {
	const address = email?.trim().toLowerCase() ?? '';
	const at = address.lastIndexOf('@');
	return at < 0 ? '' : address.slice(at + 1);
}

function latestOf(shoots: readonly FinishedShoot[]): Set<FinishedShoot> {
	const latest = new Map<string, FinishedShoot>();
	for (const shoot of shoots) {
		const key = memberKey(shoot);
		const before = latest.get(key);
		if (before === undefined || (shoot.finishedAt ?? 0) > (before.finishedAt ?? 0)) latest.set(key, shoot);
	}
	return new Set(latest.values());
}
