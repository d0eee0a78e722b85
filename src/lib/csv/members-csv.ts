import Papa from 'papaparse';
import type { ExportRow } from './contract';
import { formulaStart, guardInside } from './guard';
import { localDate } from './local-date';

/** Excel takes a file without it for one in the machine's old code page. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

const columns: [title: string, of: (row: ExportRow) => string][] = [
	['Team', (row) => text(row.team)],
	['Email', (row) => text(row.email)],
	['Title', (row) => text(row.title)],
	['Status', (row) => statuses[row.status]],
	['Finished date', (row) => date(row.finishedAt)],
	['Name', (row) => text(row.name)],
	['Actioned date', (row) => date(row.actionedAt)],
];

const statuses: Record<ExportRow['status'], string> = {
	finished: 'Finished',
	joined: 'Joined',
	invited: 'Invited',
};

/** How the file begins: a byte order mark and the columns' titles. */
export function csvHead(): string {
	return BYTE_ORDER_MARK + lines([columns.map(([title]) => title)]);
}

/** One line for each row, by RFC 4180: CRLF after each, and every field quoted. No field is a formula. */
export function csvLines(rows: readonly ExportRow[]): string {
	return lines(rows.map((row) => columns.map(([, of]) => of(row))));
}

function lines(table: string[][]): string {
	if (table.length === 0) return '';
	return Papa.unparse(table, { quotes: true, newline: LINE_END, escapeFormulae: formulaStart }) + LINE_END;
}

/** Never `null`: papaparse leaves that one without quotes. */
function text(value: string | null): string {
	return guardInside(value ?? '');
}

function date(time: number | null): string {
	return time === null ? '' : localDate(time);
}
