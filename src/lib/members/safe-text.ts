/**
 * Text made safe to be a name in an archive. Pure; imports nothing.
 *
 * What a file system refuses or changes silently: Microsoft, "Naming Files, Paths, and Namespaces"
 * (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). What counts as the same text: Unicode UAX #15
 * (https://www.unicode.org/reports/tr15/) and the case folding of chapter 3.13 of the Unicode Standard.
 */

/** Everything but the length and the reserved names, in an order that no step undoes an earlier one. */
export function cleanText(text: string): string {
	return trimEdges(
		text
			// What `toWellFormed` does, for browsers that lack it: a lone surrogate has no UTF-8.
			.replace(/\p{Cs}/gu, '\uFFFD')
			.normalize('NFC')
			.replace(/[<>:"/\\|?*]/gu, '-')
			.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
			// Invisible ones leave nothing behind: a family emoji falls into its members, a soft hyphen vanishes.
			.replace(/[\p{Cf}\p{Noncharacter_Code_Point}]/gu, '')
			// A letter and a mark that an invisible one kept apart may compose now.
			.normalize('NFC')
			// Hangul fillers and the empty braille cell look like a space without being one.
			.replace(/[\s\u115F\u1160\u2800\u3164\uFFA0]+/gu, ' '),
	);
}

function trimEdges(text: string): string {
	return trimEnd(text.replace(/^[-.~ ]+/u, ''));
}

/** Not one expression: `[. ]+$` takes quadratic time on many dots inside a long text. */
function trimEnd(text: string): string {
	let end = text.length;
	while (text[end - 1] === '.' || text[end - 1] === ' ') end--;
	return text.slice(0, end);
}

/** As many whole graphemes as fit into so many UTF-8 bytes; may be none. */
export function cut(text: string, maxBytes: number): string {
	const { read } = encoder.encodeInto(text, new Uint8Array(Math.max(0, maxBytes)));
	if (read === text.length) return text;
	return trimEnd(text.slice(0, graphemeStart(text, read)));
}

/** Where the grapheme begins that the code unit at `index` is part of. */
function graphemeStart(text: string, index: number): number {
	// Two visible ASCII characters are never one grapheme; asking is slow.
	if (/^[ -~]{2}$/u.test(text.slice(index - 1, index + 1))) return index;
	return graphemes.segment(text).containing(index)?.index ?? index;
}

/** The same as `cut`, and no name that Windows keeps for a device; `ending` is what will stand behind it. */
export function cutHarmless(text: string, maxBytes: number, ending = ''): string {
	const name = cut(text, maxBytes);
	return isDevice(name + ending) ? `_${cut(text, maxBytes - 1)}` : name;
}

/** CON, NUL, COM1 … whatever follows the first dot, in any case, also with the superscript digits that Windows takes. */
function isDevice(name: string): boolean {
	const stem = (name.split('.', 1)[0] ?? '').trim();
	return /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$/iu.test(stem);
}

/**
 * Equal for all names that NTFS (upper case), APFS (normal form and case folding) or HFS+ (its own tables, which
 * skip invisible characters) may take for the same; a few more are equal too, which costs no more than a number.
 * Lower before upper: `ẞ` is its own upper case, and only `ß` becomes `SS`.
 */
export function fold(name: string): string {
	return name
		.normalize('NFKD')
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.toLowerCase()
		.toUpperCase()
		.toLowerCase()
		.normalize('NFKC');
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const encoder = new TextEncoder();

/** In UTF-8. */
export function byteLength(text: string): number {
	return encoder.encode(text).length;
}
