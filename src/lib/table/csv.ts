import Papa from 'papaparse';
import { formulaStart, guardInside } from './guard';

/** Excel takes a file without it for one in the machine's old code page. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** A whole file: a byte order mark, the columns' titles, and one line for each row, as `csvLines` writes them. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
	return BYTE_ORDER_MARK + csvLines([header, ...rows]);
}

/**
 * One line for each row, by RFC 4180: CRLF after each, and every field quoted. No field is a formula for a spreadsheet,
 * whatever it splits at.
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
	if (rows.length === 0) return '';
	const guarded = rows.map((row) => row.map(guardInside));
	return Papa.unparse(guarded, { quotes: true, newline: LINE_END, escapeFormulae: formulaStart }) + LINE_END;
}
