/** Who works there: names as people write them, their e-mail spelling, and what it says on their door. */

import type { Random } from './random.ts';

export type Presentation = 'feminine' | 'masculine';

export interface Person {
	name: string;
	/** The part of the e-mail address before the `@`, ASCII only. */
	mailbox: string;
	presentation: Presentation;
}

/** `native|latin` where the script isn't Latin. */
type Names = readonly [string, ...string[]];

interface Culture {
	feminine: Names;
	masculine: Names;
	family: Names;
	familyFirst?: true;
}

const cultures: readonly [Culture, ...Culture[]] = [
	{
		feminine: ['María José', 'Lucía', 'Inés', 'Begoña', 'Ximena'],
		masculine: ['José', 'Íñigo', 'Andrés', 'Raúl', 'Joaquín'],
		family: ['García Núñez', 'Ibáñez', 'Muñoz', 'Peña', 'Álvarez'],
	},
	{
		feminine: ['Zoë', 'Grace', 'Siobhán', 'Amelia', 'Niamh'],
		masculine: ['Liam', 'Oliver', 'Seán', 'Jack', 'Henry'],
		family: ["O'Neil", 'Whitmore', 'Ní Dhomhnaill', 'Smith-Jones', "D'Arcy"],
	},
	{
		feminine: ['Małgorzata', 'Zofia', 'Agnieszka', 'Kinga'],
		masculine: ['Łukasz', 'Paweł', 'Michał', 'Wojciech'],
		family: ['Wójcik', 'Zając', 'Kowalczyk', 'Gołąb', 'Mróz'],
	},
	{
		feminine: ['芳|Fang', '秀英|Xiuying', '雨桐|Yutong', '静|Jing'],
		masculine: ['伟|Wei', '浩然|Haoran', '磊|Lei', '子轩|Zixuan'],
		family: ['王|Wang', '李|Li', '欧阳|Ouyang', '陈|Chen'],
		familyFirst: true,
	},
	{
		feminine: ['Þórunn', 'Sigríður', 'Ásdís', 'Guðrún'],
		masculine: ['Þór', 'Ólafur', 'Björn', 'Davíð'],
		family: ['Blöndal', 'Zoëga', 'Þorláksen', 'Briem', 'Hafstein'],
	},
	{
		feminine: ['Priya', 'Ananya', 'Lakshmi', 'Meera'],
		masculine: ['Arjun', 'Rohan', 'Vikram', 'Sanjay'],
		family: ['Raghunathan', 'Iyer', 'Chatterjee', 'Patel'],
	},
	{
		feminine: ['Käthe', 'Anneliese', 'Jördis', 'Friederike'],
		masculine: ['Jürgen', 'Matthias', 'Sören', 'Götz'],
		family: ['Müller', 'Weiß', 'von der Heide', 'Großmann'],
	},
	{
		feminine: ['Chloé', 'Maëlys', 'Hélène', 'Anaïs'],
		masculine: ['François', 'Loïc', 'Étienne', 'Théo'],
		family: ['Lefèvre', 'Gauthier', "L'Écuyer", 'Saint-Exupéry'],
	},
	{
		feminine: ['さくら|Sakura', '美咲|Misaki', '陽菜|Hina'],
		masculine: ['健太|Kenta', '大輔|Daisuke', '翔|Sho'],
		family: ['佐藤|Sato', '渡辺|Watanabe', '小林|Kobayashi'],
		familyFirst: true,
	},
	{
		feminine: ['Chidinma', 'Adaeze', 'Ngozi', 'Folake'],
		masculine: ['Chukwuemeka', 'Oluwaseun', 'Tunde', 'Ifeanyi'],
		family: ['Okonkwo', 'Adébáyò', 'Nwachukwu', 'Eze'],
	},
	{
		feminine: ['Nguyệt', 'Thảo', 'Hương', 'Linh'],
		masculine: ['Đức', 'Minh', 'Tuấn', 'Quân'],
		family: ['Nguyễn', 'Trần', 'Phạm', 'Đặng'],
		familyFirst: true,
	},
	{
		feminine: ['Олена|Olena', 'Соломія|Solomiia', 'Марта|Marta'],
		masculine: ['Андрій|Andrii', 'Тарас|Taras', 'Богдан|Bohdan'],
		family: ['Шевченко|Shevchenko', 'Коваль|Koval', 'Бондар|Bondar'],
	},
	{
		feminine: ['Åsa', 'Linnéa', 'Märta', 'Ragnhild'],
		masculine: ['Håkan', 'Göran', 'Øyvind', 'Søren'],
		family: ['Sjöström', 'Ångström', 'Bjørnstad', 'Kjærgaard'],
	},
	{
		feminine: ['Çiğdem', 'Ayşe', 'Işıl', 'Gülşen'],
		masculine: ['Oğuz', 'Çağlar', 'İbrahim', 'Ümit'],
		family: ['Yıldırım', 'Öztürk', 'Şahin', 'Kılıç'],
	},
];

export const teams = ['Product & Design', 'Engineering', 'Customer Success'] as const;

const titles: readonly [readonly [string, ...string[]], ...(readonly [string, ...string[]])[]] = [
	[
		'Head of Design',
		'Product Designer',
		'Senior Product Manager',
		'UX Researcher',
		'Brand Designer',
		'Art Director',
	],
	[
		'Software Engineer',
		'Staff Engineer',
		'Engineering Manager',
		'QA Lead',
		'Site Reliability Engineer',
		'Data Engineer',
	],
	[
		'Account Executive',
		'Customer Success Manager',
		'Support Lead',
		'VP Sales',
		'Solutions Engineer',
		'Onboarding Specialist',
	],
];

export function somePerson(luck: Random): Person {
	const culture = luck.pick(cultures);
	const presentation: Presentation = luck.next() < 0.5 ? 'feminine' : 'masculine';
	const given = spelt(luck.pick(culture[presentation]));
	const family = spelt(luck.pick(culture.family));
	const [first, last] = culture.familyFirst ? [family, given] : [given, family];
	const gap = culture.familyFirst && family.native !== family.latin ? '' : ' ';
	return {
		name: first.native + gap + last.native,
		mailbox: `${given.mailbox}.${family.mailbox}`,
		presentation,
	};
}

export function someTitle(luck: Random, team: number): string {
	return luck.pick(titles[team % titles.length] ?? titles[0]);
}

interface Spelling {
	native: string;
	latin: string;
	mailbox: string;
}

const spellings = new Map<string, Spelling>();

function spelt(entry: string): Spelling {
	const known = spellings.get(entry);
	if (known) return known;
	const [native = entry, latin = native] = entry.split('|');
	const spelling = { native, latin, mailbox: ascii(latin) };
	spellings.set(entry, spelling);
	return spelling;
}

const letters: Record<string, string> = { ł: 'l', þ: 'th', ð: 'd', ø: 'o', æ: 'ae', ß: 'ss', đ: 'd', ı: 'i' };

function ascii(name: string): string {
	const folded = name.toLowerCase().replace(/[łþðøæßđı]/g, (letter) => letters[letter] ?? '');
	return folded.normalize('NFD').replace(/[^a-z-]/g, '');
}
