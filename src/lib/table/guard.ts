/**
 * Keeps spreadsheets from running what members wrote about themselves: a leading apostrophe makes it text.
 * OWASP CSV Injection; ASVS 5.0, 1.2.10.
 */

/**
 * A cell whose first visible character makes it a formula. In front of it, spaces, line breaks, control and zero-width
 * characters don't count; but a tab, CR, LF or NUL there is reason enough, since programs drop it, or split at it.
 */
export const formulaStart = /^[\p{Z}\p{Cc}\p{Cf}\p{DI}]*[=+\-@\t\r\n\0＝＋－＠]/u;

/**
 * A place inside a cell where another one begins for a program that splits at semicolons or tabs, as spreadsheets do
 * where the comma is the decimal sign. The quotes around a field don't hold it together there.
 */
const hiddenStart = /[;\t\r\n](?=(?:(?![\t\r\n])["\p{Z}\p{Cc}\p{Cf}\p{DI}])*[=+\-@＝＋－＠])/gu;

/** Guards the cells that another separator would make out of one. Its beginning is left to `formulaStart`. */
export function guardInside(cell: string): string {
	return cell.replace(hiddenStart, "$&'");
}
