export interface AnswerRules {
	/** Takes what must not reach the page out of any text. */
	redact(text: string): string;
	/** Where the page finds a photo instead; null leaves the URL as it is. */
	carry(photoUrl: string): string | null;
}

const photoKeys = new Set(['main', 'thumbnail', 'original']);
const deepest = 100;

/**
 * A copy of an API answer (parsed JSON) with every text redacted and every photo URL carried: those under `main`,
 * `thumbnail` and `original` of a `urls`, and under `url` of a `profilePicture`, at any depth.
 * Throws a RangeError for JSON that is nested deeper than any answer of this API.
 */
export function rewriteAnswer(answer: unknown, rules: AnswerRules): unknown {
	return rewrite(answer, '', '', 0);

	function rewrite(value: unknown, owner: string, key: string, depth: number): unknown {
		if (depth > deepest) throw new RangeError(`JSON nested deeper than ${deepest}`);
		if (Array.isArray(value)) return value.map((item) => rewrite(item, '', '', depth + 1));
		if (typeof value === 'object' && value !== null) {
			// fromEntries defines properties: a hostile `__proto__` stays a plain key.
			return Object.fromEntries(
				Object.entries(value).map(([name, inner]) => [
					rules.redact(name),
					rewrite(inner, key, name, depth + 1),
				]),
			);
		}
		if (typeof value === 'number') return rules.redact(`${value}`) === `${value}` ? value : null;
		if (typeof value !== 'string') return value;
		const text = rules.redact(value);
		return isPhotoSlot(owner, key) ? (rules.carry(text) ?? text) : text;
	}
}

function isPhotoSlot(owner: string, key: string): boolean {
	return (owner === 'urls' && photoKeys.has(key)) || (owner === 'profilePicture' && key === 'url');
}
