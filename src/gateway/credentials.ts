/** Reads an API key. Throws a sentence that never holds the key itself. */
export function parseKey(text: string): string {
	const key = text.trim();
	if (key === '') throw new Error('The API key is empty.');
	if (!/^[\x21-\x7e]+$/.test(key))
		throw new Error(
			'The API key holds spaces, line breaks or other characters that no key has: copy it again.',
		);
	return key;
}

/**
 * Makes a function that takes the key out of a text, in every spelling in which a server may send it back:
 * as it is, escaped as in a URL or in JSON, in base64.
 */
export function createRedactor(key: string): (text: string) => string {
	const spellings = [
		key,
		encodeURIComponent(key),
		JSON.stringify(key).slice(1, -1),
		Buffer.from(key).toString('base64'),
		Buffer.from(key).toString('base64url'),
	];
	return (text) => spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[redacted]'), text);
}
