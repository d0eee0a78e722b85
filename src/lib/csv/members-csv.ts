import { csvLines as lines, toCsv } from '$lib/table/csv';
import { isoDate } from '$lib/ui/iso-date';
import type { ExportRow } from './contract';

const columns: [title: string, of: (row: ExportRow) => string][] = [
	['Team', (row) => row.team ?? ''],
	['Email', (row) => row.email ?? ''],
	['Title', (row) => row.title ?? ''],
	['Status', (row) => statuses[row.status]],
	['Finished date', (row) => date(row.finishedAt)],
	['Name', (row) => row.name ?? ''],
	['Actioned date', (row) => date(row.actionedAt)],
];

const statuses: Record<ExportRow['status'], string> = {
	finished: 'Finished',
	joined: 'Joined',
	invited: 'Invited',
};

/** How the file begins: a byte order mark and the columns' titles. */
export function csvHead(): string {
	return toCsv(
		columns.map(([title]) => title),
		[],
	);
}

/** One line for each row. */
export function csvLines(rows: readonly ExportRow[]): string {
	return lines(rows.map((row) => columns.map(([, of]) => of(row))));
}

function date(time: number | null): string {
	return time === null ? '' : isoDate(time);
}
