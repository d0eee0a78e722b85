import { displayName, type FinishedShoot } from './member';

/** Latest first; by e-mail; the most recently actioned first. */
export const sorts = ['latest', 'name', 'actioned'] as const;
export type Sort = (typeof sorts)[number];

/** A search begins at so many characters. */
export const SHORTEST_SEARCH = 2;

/** Who can be searched for. */
interface Named {
	email: string | null;
	name?: string | null;
}

/** Those whose e-mail or name holds every word of the search; all of them while it is too short. */
export function matching<T extends Named>(items: readonly T[], search: string): readonly T[] {
	if (search.trim().length < SHORTEST_SEARCH) return items;
	const words = foldText(search).split(/\s+/).filter(Boolean);
	return items.filter((item) => {
		const text = textOf(item);
		return words.every((word) => text.includes(word));
	});
}

/** `shoots` come latest first. @param actionedAt when each was actioned, in ms; 0 when it was not */
export function sorted(
	shoots: readonly FinishedShoot[],
	sort: Sort,
	actionedAt: (shoot: FinishedShoot) => number,
): readonly FinishedShoot[] {
	switch (sort) {
		case 'latest':
			return shoots;
		case 'name':
			return byAddress(shoots);
		case 'actioned':
			return [...shoots].sort((a, b) => actionedAt(b) - actionedAt(a));
	}
}

/** Equal for texts that differ in case, accents and the letters that no decomposition takes apart. */
export function foldText(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[ßłøđðþæœı]/g, (letter) => letters[letter] ?? letter);
}

const letters: Record<string, string> = {
	ß: 'ss',
	ł: 'l',
	ø: 'o',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	æ: 'ae',
	œ: 'oe',
	ı: 'i',
};

/** Folding ten thousand names takes longer than looking into them: once each. */
const texts = new WeakMap<Named, string>();

function textOf(item: Named): string {
	let text = texts.get(item);
	if (text === undefined) {
		text = foldText(`${item.email ?? ''}\n${item.name ?? ''}`);
		texts.set(item, text);
	}
	return text;
}

/** By code points: e-mails are nearly always ASCII, and a collator takes ten times as long. */
function byAddress(shoots: readonly FinishedShoot[]): FinishedShoot[] {
	const keyed = shoots.map((shoot) => ({ shoot, key: foldText(shoot.email ?? displayName(shoot)) }));
	keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	return keyed.map(({ shoot }) => shoot);
}
