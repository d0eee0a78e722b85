/**
 * Safe, unique names for what goes into the archive. Pure; imports nothing.
 *
 * What a file system refuses or changes silently: Microsoft, "Naming Files, Paths, and Namespaces"
 * (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). What counts as the same text: Unicode UAX #15
 * (https://www.unicode.org/reports/tr15/) and the case folding of chapter 3.13 of the Unicode Standard.
 */

/** The longest folder, in UTF-8 bytes: leaves room below Windows' 260 characters for the path it is unpacked to. */
const MAX_FOLDER_BYTES = 120;

/** The longest single file by default, in UTF-8 bytes: a whole folder's name fits, with an ending behind it. */
const MAX_FILE_BYTES = 160;

/** Of whom a folder is named. Texts may hold anything at all. */
export interface FolderOwner {
	email: string | null;
	title: string | null;
	name: string | null;
	id: string;
}

/**
 * Hands out one folder name per favorite, each safe on Windows, macOS and Linux, at most 120 UTF-8 bytes, and
 * different from all others handed out by this object on every common file system.
 */
export class FolderNames {
	/** Folded names that were handed out. */
	readonly #taken = new Set<string>();
	/** How many digits the number behind a name has by now, by folded name: many equal names take linear time. */
	readonly #digits = new Map<string, number>();
	/** The next number worth trying, by digits and folded stem. */
	readonly #next = new Map<string, number>();

	/**
	 * `email - title`, or `email` without a title; without a real e-mail named after the title, else the name,
	 * else `member-<id>`. A name that is taken gets ` (2)`, ` (3)` …; never the same one twice.
	 */
	take(member: FolderOwner): string {
		const owner = cleanOwner(member);
		const folder = folderWithin(owner, MAX_FOLDER_BYTES);
		return this.#claim(folder) ? folder : this.#takeNumbered(owner, fold(folder));
	}

	#takeNumbered(owner: FolderOwner, base: string): string {
		for (let digits = this.#digits.get(base) ?? 1; ; digits++) {
			this.#digits.set(base, digits);
			const stem = folderWithin(owner, MAX_FOLDER_BYTES - ' ()'.length - digits);
			// A stem is cut to leave room for its number, so different names may share one: count by stem.
			const key = `${digits}/${fold(stem)}`;
			const end = 10 ** digits;
			for (let n = this.#next.get(key) ?? Math.max(2, end / 10); n < end; n++) {
				const folder = `${stem} (${n})`;
				if (this.#claim(folder)) {
					this.#next.set(key, n + 1);
					return folder;
				}
			}
			this.#next.set(key, end);
		}
	}

	#claim(folder: string): boolean {
		const key = fold(folder);
		if (this.#taken.has(key)) return false;
		this.#taken.add(key);
		return true;
	}
}

/** Equal for those whose folders would have the same name, but for the number that tells them apart. */
export function folderKey(member: FolderOwner): string {
	return fold(folderWithin(cleanOwner(member), MAX_FOLDER_BYTES));
}

/**
 * One file's name made safe, at most `maxBytes` UTF-8 bytes (160 unless told; at least 16); a short ending such as
 * `.png` survives the cut. A text of which nothing is left becomes `file`.
 */
export function safeFileName(text: string, maxBytes = MAX_FILE_BYTES): string {
	const clean = cleanText(text);
	const ending = /(?<=.)\.[a-z0-9]{1,5}$/iu.exec(clean)?.[0] ?? '';
	const stem = clean.slice(0, clean.length - ending.length);
	return (cutHarmless(stem, maxBytes - ending.length, ending) || 'file') + ending;
}

/** Parts cleaned each by itself; what isn't there, or has nothing usable in it, is `null`. */
function cleanOwner({ email, title, name, id }: FolderOwner): FolderOwner {
	return {
		email: email !== null && isRealEmail(email) ? cleanText(email) || null : null,
		title: cleanText(title ?? '') || null,
		name: cleanText(name ?? '') || null,
		id: cleanText(id) || 'unknown',
	};
}

/**
 * A managed member may carry a placeholder that is no address. `.invalid` never is one (RFC 2606, section 2).
 */
function isRealEmail(text: string): boolean {
	const email = text.trim();
	return /^[^\s@]+@[^\s@]+$/u.test(email) && !/\.invalid\.?$/iu.test(email);
}

/** The best name within so many bytes; `owner` is clean. Never empty. */
function folderWithin({ email, title, name, id }: FolderOwner, maxBytes: number): string {
	return (
		(email && emailAndTitle(email, title, maxBytes)) ||
		(title && cutHarmless(title, maxBytes)) ||
		(name && cutHarmless(name, maxBytes)) ||
		cutHarmless(`member-${id}`, maxBytes)
	);
}

function emailAndTitle(email: string, title: string | null, maxBytes: number): string {
	const head = cutHarmless(email, maxBytes);
	if (!title || !head) return head;
	const rest = cut(title, maxBytes - byteLength(head) - ' - '.length);
	return rest ? `${head} - ${rest}` : head;
}

/** Everything but the length and the reserved names, in an order that no step undoes an earlier one. */
function cleanText(text: string): string {
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
	while (end > 0 && (text[end - 1] === '.' || text[end - 1] === ' ')) end--;
	return text.slice(0, end);
}

/** As many whole graphemes as fit into so many UTF-8 bytes; may be none. */
function cut(text: string, maxBytes: number): string {
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
function cutHarmless(text: string, maxBytes: number, ending = ''): string {
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
function fold(name: string): string {
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

function byteLength(text: string): number {
	return encoder.encode(text).length;
}

/** The longest that tells one photo from another, in UTF-8 bytes. */
const MAX_SUFFIX_BYTES = 40;

/**
 * A single file's name: `email - title - <what>.<ending>`, named and cut as a folder of the archive is, at most 160
 * UTF-8 bytes. `what` may hold anything; `ending` is of our own, without a dot, e.g. ('pfp', 'png').
 */
export function photoFileName(owner: FolderOwner, what: string, ending: string): string {
	const suffix = ` - ${cut(cleanText(what), MAX_SUFFIX_BYTES) || 'photo'}.${ending}`;
	return folderWithin(cleanOwner(owner), MAX_FILE_BYTES - byteLength(suffix)) + suffix;
}
