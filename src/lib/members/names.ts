import { byteLength, cleanText, cut, cutHarmless, fold } from './safe-text';
import { UniqueNames, type NameForm } from './unique-names';

/**
 * Safe, unique names for what goes into the archive. Pure.
 */

/** The longest folder, in UTF-8 bytes: leaves room below Windows' 260 characters for the path it is unpacked to. */
const MAX_FOLDER_BYTES = 120;

/** The longest single file by default, in UTF-8 bytes: a whole folder's name fits, with an ending behind it. */
const MAX_FILE_BYTES = 160;

/** The longest that tells one photo from another, in UTF-8 bytes. */
const MAX_SUFFIX_BYTES = 40;

/** Of whom a folder is named. Texts may hold anything at all. */
export interface FolderOwner {
	email: string | null;
	title: string | null;
	name: string | null;
	id: string;
}

const folderForm: NameForm = { maxBytes: MAX_FOLDER_BYTES, number: [' (', ')'], ending: '' };

/**
 * Hands out one folder name per favorite, each safe on Windows, macOS and Linux, at most 120 UTF-8 bytes, and
 * different from all others handed out by this object on every common file system.
 */
export class FolderNames {
	readonly #unique: UniqueNames;

	/** @param reserved names that something else beside the folders has */
	constructor(reserved: Iterable<string> = []) {
		this.#unique = new UniqueNames(reserved);
	}

	/**
	 * `email - title`, or `email` without a title; without a real e-mail named after the title, else the name,
	 * else `member-<id>`. A name that is taken gets ` (2)`, ` (3)` …; never the same one twice.
	 */
	take(member: FolderOwner): string {
		const owner = cleanOwner(member);
		return this.#unique.take((maxBytes) => folderWithin(owner, maxBytes), folderForm);
	}

	/** Named after something that isn't a member, e.g. an e-mail's domain. */
	takeOther(text: string): string {
		return this.#unique.take((maxBytes) => cutHarmless(cleanText(text), maxBytes) || 'folder', folderForm);
	}
}

/**
 * By which rule a file is named: after the whole e-mail; after what stands before its last `@`; or after the whole
 * e-mail in nothing but ASCII letters, digits and `_`.
 */
export type FileRule = 'email' | 'local-part' | 'plain';

const fileForm: NameForm = { maxBytes: MAX_FILE_BYTES, number: [' (', ')'], ending: '.jpg' };
const plainForm: NameForm = { ...fileForm, number: ['_', ''] };

/** Hands out one file name per favorite, by one rule: safe, at most 160 UTF-8 bytes, and unique in its folder. */
export class FileNames {
	readonly #rule: FileRule;
	readonly #reserved: readonly string[];
	/** By folded folder; `''` is the root. */
	readonly #folders = new Map<string, UniqueNames>();

	/** @param reserved names in the root that something else has */
	constructor(rule: FileRule, reserved: readonly string[] = []) {
		this.#rule = rule;
		this.#reserved = reserved;
	}

	/**
	 * `ada@example.com.jpg`, `ada.jpg` or `ada_example_com.jpg`; without a real e-mail after whatever a folder would
	 * be named after. A name that is taken gets ` (2)`, where spaces aren't allowed `_2`.
	 *
	 * @returns `isExact`: the name is what the rule asks for, so that a system that matches by it will find the member
	 */
	take(member: FolderOwner, folder = ''): { name: string; isExact: boolean } {
		const owner = cleanOwner(member);
		const isPlain = this.#rule === 'plain';
		const instead = (maxBytes: number) => folderWithin({ ...owner, email: null }, maxBytes);
		const stem = this.#stemOf(owner) ?? instead(MAX_FILE_BYTES);
		const form = isPlain ? plainForm : fileForm;
		// One grapheme may be longer than a whole name.
		const within = (maxBytes: number) =>
			cutHarmless(isPlain ? plain(stem) : stem, maxBytes, form.ending) || instead(maxBytes);
		const name = this.#namesIn(folder).take(within, form);
		const email = member.email?.trim() ?? '';
		const wanted = this.#rule === 'local-part' ? localPart(email) : isPlain ? plain(email) : email;
		return { name, isExact: owner.email !== null && name === wanted + form.ending };
	}

	#stemOf({ email }: FolderOwner): string | null {
		if (email === null || this.#rule !== 'local-part') return email;
		return cleanText(localPart(email)) || null;
	}

	#namesIn(folder: string): UniqueNames {
		// Two folders that a file system takes for one are one.
		const key = fold(folder);
		let names = this.#folders.get(key);
		if (names === undefined) {
			names = new UniqueNames(folder === '' ? this.#reserved : []);
			this.#folders.set(key, names);
		}
		return names;
	}
}

function localPart(email: string): string {
	return email.slice(0, Math.max(0, email.lastIndexOf('@')));
}

/** Accents go, everything else that is special becomes `_`. */
function plain(text: string): string {
	const ascii = text.normalize('NFKD').replace(/\p{M}/gu, '');
	return ascii.replace(/[^A-Za-z0-9]+/gu, '_').replace(/^_|_$/gu, '') || 'member';
}

/** Equal for those whose folders would have the same name, but for the number that tells them apart. */
export function folderKey(member: FolderOwner): string {
	return fold(folderWithin(cleanOwner(member), MAX_FOLDER_BYTES));
}

/**
 * A single file's name: `email - title - <what>.<ending>`, named and cut as a folder of the archive is, at most 160
 * UTF-8 bytes. `what` may hold anything; `ending` is of our own, without a dot, e.g. ('pfp', 'png').
 */
export function photoFileName(owner: FolderOwner, what: string, ending: string): string {
	const suffix = ` - ${cut(cleanText(what), MAX_SUFFIX_BYTES) || 'photo'}.${ending}`;
	return folderWithin(cleanOwner(owner), MAX_FILE_BYTES - byteLength(suffix)) + suffix;
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
