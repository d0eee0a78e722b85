import { isLoopback } from '$lib/net/loopback';

/** A text that must not be fetched as a photo. The message is a sentence for the person who reads it. */
export class PhotoUrlError extends Error {
	override readonly name = 'PhotoUrlError';
}

/** Signed URLs have some hundred characters; what is far beyond is none. */
const MAX_LENGTH = 8192;

/**
 * Parses a photo's URL as the backend sent it: https, or http on loopback. A path such as `/api/photo?u=1` is taken
 * as one on `base`, the origin that the backend lives on; without `base` it is refused. Stricter than the URL
 * Standard (https://url.spec.whatwg.org/#url-parsing), which would repair backslashes, tabs and missing slashes.
 * @throws PhotoUrlError for everything else; its message never holds the URL, which may be signed.
 */
export function parsePhotoUrl(text: unknown, base?: string): URL {
	if (typeof text !== 'string' || text === '') throw new PhotoUrlError('The photo has no address.');
	if (text.length > MAX_LENGTH) throw new PhotoUrlError('The address of the photo is too long.');
	if (/[\p{Cc}\\]|^\s|\s$/u.test(text)) {
		throw new PhotoUrlError('The address of the photo has characters that belong in no address.');
	}

	const url = isPath(text) ? parsePath(text, base) : parseAbsolute(text);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		throw new PhotoUrlError('The address of the photo is not encrypted (https).');
	}
	return url;
}

/**
 * What stays the same of a picture's address when it is signed anew: host and path; where this page's own server
 * carries the photo (`?u=…`), those of the address that it carries. Of what is no address, the text itself.
 */
export function pictureIdentity(address: string): string {
	let url: URL;
	try {
		url = new URL(address, 'http://localhost');
	} catch {
		return address;
	}
	// Of thousands few have one, and reading a query costs more than all the rest.
	const carried = /[?&]u=/u.test(url.search) ? url.searchParams.get('u') : null;
	if (carried !== null && URL.canParse(carried)) return pictureIdentity(carried);
	return url.origin + url.pathname;
}

/** `/path`, but not `//host/path`, which would leave the origin. */
function isPath(text: string): boolean {
	return /^\/(?!\/)/u.test(text);
}

function parsePath(path: string, base: string | undefined): URL {
	if (base === undefined) throw new PhotoUrlError('The address of the photo names no host.');
	const [origin, url] = [parse(base), parse(path, base)];
	if (url.origin !== origin.origin) throw new PhotoUrlError('The address of the photo leaves its host.');
	return url;
}

function parseAbsolute(text: string): URL {
	const authority = /^https?:\/\/([^/?#]+)/iu.exec(text)?.[1];
	if (authority === undefined) throw new PhotoUrlError('The address of the photo is no web address.');
	if (authority.includes('@')) throw new PhotoUrlError('The address of the photo carries a user name.');
	return parse(text);
}

/** The link has run out. @param expiresAt ms since the epoch; `null` when it doesn't say */
export function hasExpired({ expiresAt }: { expiresAt: number | null }): boolean {
	return expiresAt !== null && expiresAt <= Date.now();
}

function parse(text: string, base?: string): URL {
	try {
		return new URL(text, base);
	} catch (cause) {
		throw new PhotoUrlError('The address of the photo is no web address.', { cause });
	}
}
