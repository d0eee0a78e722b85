/** Two dozen people, feminine and masculine in turn, in the words of the drawing's own options. */

import type { Options } from '@dicebear/personas';
import type { Presentation } from './people.ts';
import type { Random } from './random.ts';

type Hair = NonNullable<Options['hair']>[number];
type FacialHair = NonNullable<Options['facialHair']>[number];

interface Face {
	presentation: Presentation;
	hair: Hair;
	hairColor: string;
	skinColor: string;
	glasses?: true;
	beard?: FacialHair;
}

const black = '2b2326';
const dark = '4a312c';
const brown = '6f4a36';
const chestnut = '8a5a3c';
const auburn = '9c5434';
const blond = 'd0a566';
const silver = 'c9c6cc';

const porcelain = 'f3c6b0';
const light = 'eeb4a4';
const warm = 'e5a07e';
const tan = 'd0906a';
const bronze = 'b1765a';
const deep = '8a5544';
const ebony = '623d36';

export const faces: readonly [Face, ...Face[]] = [
	{ presentation: 'feminine', hair: 'long', hairColor: brown, skinColor: light },
	{ presentation: 'masculine', hair: 'shortCombover', hairColor: dark, skinColor: warm },
	{ presentation: 'feminine', hair: 'bobCut', hairColor: black, skinColor: porcelain },
	{ presentation: 'masculine', hair: 'fade', hairColor: black, skinColor: deep, beard: 'shadow' },
	{ presentation: 'feminine', hair: 'curly', hairColor: dark, skinColor: bronze },
	{
		presentation: 'masculine',
		hair: 'shortComboverChops',
		hairColor: blond,
		skinColor: light,
		glasses: true,
	},
	{ presentation: 'feminine', hair: 'straightBun', hairColor: auburn, skinColor: light, glasses: true },
	{ presentation: 'masculine', hair: 'buzzcut', hairColor: dark, skinColor: tan },
	{ presentation: 'feminine', hair: 'extraLong', hairColor: black, skinColor: warm },
	{ presentation: 'masculine', hair: 'curlyHighTop', hairColor: black, skinColor: ebony },
	{ presentation: 'feminine', hair: 'bobBangs', hairColor: blond, skinColor: porcelain, glasses: true },
	{ presentation: 'masculine', hair: 'shortComboverChops', hairColor: chestnut, skinColor: light },
	{ presentation: 'feminine', hair: 'curlyBun', hairColor: black, skinColor: ebony },
	{ presentation: 'masculine', hair: 'balding', hairColor: silver, skinColor: light, glasses: true },
	{ presentation: 'feminine', hair: 'long', hairColor: black, skinColor: tan },
	{ presentation: 'masculine', hair: 'bald', hairColor: dark, skinColor: deep, beard: 'beardMustache' },
	{ presentation: 'feminine', hair: 'straightBun', hairColor: silver, skinColor: porcelain },
	{ presentation: 'masculine', hair: 'shortCombover', hairColor: black, skinColor: porcelain, glasses: true },
	{ presentation: 'feminine', hair: 'extraLong', hairColor: auburn, skinColor: light },
	{ presentation: 'masculine', hair: 'bunUndercut', hairColor: brown, skinColor: warm, beard: 'shadow' },
	{ presentation: 'feminine', hair: 'bobCut', hairColor: chestnut, skinColor: bronze },
	{ presentation: 'masculine', hair: 'shortCombover', hairColor: silver, skinColor: tan, beard: 'goatee' },
	{ presentation: 'feminine', hair: 'sideShave', hairColor: blond, skinColor: warm },
	{ presentation: 'masculine', hair: 'curlyHighTop', hairColor: dark, skinColor: bronze, glasses: true },
];

const faceCount = faces.length;

export function faceFor(presentation: Presentation, luck: Random): number {
	const parity = presentation === 'feminine' ? 0 : 1;
	return luck.between(0, faceCount / 2 - 1) * 2 + parity;
}
