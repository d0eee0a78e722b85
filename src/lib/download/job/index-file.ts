import { csvLines, toCsv } from '$lib/table/csv';
import { isoDate } from '$lib/ui/iso-date';
import type { FileResult } from './file-facts';
import type { FavoritePlan, PlannedFile } from './plan';
import type { Mapping } from '$lib/download/options/presets';

/** One planned file, whose it is, and what came of it. */
interface Line {
	favorite: FavoritePlan;
	file: PlannedFile;
	result: FileResult | undefined;
}

const columns: [title: string, of: (line: Line) => string | number | null][] = [
	['Path', ({ file }) => file.path],
	['Email', ({ favorite }) => favorite.email],
	['Name', ({ favorite }) => favorite.about.name],
	['Title', ({ favorite }) => favorite.about.title],
	['Team', ({ favorite }) => favorite.about.team],
	['Photo ID', ({ favorite }) => favorite.photoId],
	['Width', ({ result }) => factsIn(result)?.width ?? null],
	['Height', ({ result }) => factsIn(result)?.height ?? null],
	['Bytes', ({ result }) => factsIn(result)?.bytes ?? null],
	['SHA-256', ({ result }) => factsIn(result)?.sha256 ?? null],
	['Finished date', ({ favorite }) => date(favorite.about.finishedAt)],
	['Status', ({ result }) => (result?.kind === 'saved' ? 'Saved' : 'Failed')],
	['Reason', ({ result }) => reasonOf(result)],
];

/**
 * `index.csv`: a line for each planned file, in the plan's order, the failed ones with their reason. The pattern is
 * PSPA's, by which school photographers hand over pictures: an index in the root.
 * @param results by path
 */
export function indexCsv(
	favorites: readonly FavoritePlan[],
	results: ReadonlyMap<string, FileResult>,
): string {
	const rows = linesOf(favorites, results).map((line) => columns.map(([, of]) => String(of(line) ?? '')));
	return toCsv(
		columns.map(([title]) => title),
		rows,
	);
}

/**
 * The CSV that tells a system whose photo is whose: each member's latest favorite, if its file is in the archive. A
 * member without an e-mail has an empty one, to be filled in. Without a byte order mark: a program reads it, and might
 * take the mark for a part of the first column's title.
 * @param results by path
 */
export function mappingCsv(
	{ header }: Mapping,
	favorites: readonly FavoritePlan[],
	results: ReadonlyMap<string, FileResult>,
): string {
	const rows = linesOf(favorites, results)
		.filter(({ favorite, result }) => favorite.isLatest && result?.kind === 'saved')
		.map(({ favorite, file }) => [favorite.email ?? '', file.path]);
	return csvLines([header, ...rows]);
}

function linesOf(favorites: readonly FavoritePlan[], results: ReadonlyMap<string, FileResult>): Line[] {
	return favorites.flatMap((favorite) =>
		favorite.tasks
			.flatMap((task) => task.files)
			.map((file) => ({ favorite, file, result: results.get(file.path) })),
	);
}

function factsIn(result: FileResult | undefined) {
	return result?.kind === 'saved' ? result.facts : null;
}

function reasonOf(result: FileResult | undefined): string | null {
	if (result === undefined) return 'It was not downloaded.';
	return result.kind === 'failed' ? result.reason : null;
}

function date(time: number | null): string | null {
	return time === null ? null : isoDate(time);
}
