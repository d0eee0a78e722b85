/**
 * Up to two capital letters for a name or an e-mail address: "Ada Lovelace" → "AL", "ada@example.com" → "A".
 * Empty when the name has no letter or digit.
 */
export function initials(name: string): string {
	const words = name.replace(/@.*$/u, '').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
	const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
	return ends.map((word) => firstLetter(word ?? '')).join('');
}

function firstLetter(word: string): string {
	const [first] = graphemes.segment(word);
	return first?.segment.toLocaleUpperCase('en-US') ?? '';
}

/** Making one takes longer than using it a hundred times. */
const graphemes = new Intl.Segmenter('en-US');
