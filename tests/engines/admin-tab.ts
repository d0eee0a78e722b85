import { setTimeout as sleep } from 'node:timers/promises';
import type { Tab } from './drivers/driver.ts';
import { find, textOf, type Found, type Query } from './page-finder.ts';

/** How long anything may take on a busy machine, in ms. */
const PATIENCE = 30_000;

/** The page in the words of the help article, in whatever browser. */
export class AdminTab {
	constructor(
		readonly tab: Tab,
		readonly url: string,
	) {}

	/** @param members so many are in the Finished section */
	async open(members: number): Promise<void> {
		await this.tab.open(this.url);
		await this.expectCards(members);
	}

	async reload(members: number): Promise<void> {
		await this.tab.reload();
		await this.expectCards(members);
	}

	async expectCards(members: number): Promise<void> {
		await until(
			`${members} cards among the finished`,
			async () => {
				const card = await this.#find({ role: 'listitem', name: '.*', region: 'Finished photo shoots' });
				return (card?.setSize ?? 0) === members;
			},
			PATIENCE,
			() => this.#end(),
		);
	}

	/** Presses what has this name; waits until it can be pressed. */
	async press(name: string, where: Partial<Query> = {}): Promise<void> {
		const found = await until(`“${name}”, to be pressed`, async () => {
			const it = await this.#find({ role: 'button', name, ...where });
			return it && !it.disabled ? it : null;
		});
		await this.tab.press(found.x, found.y);
	}

	/** Opens the Actions menu of the first member, and chooses. */
	async actOnFirst(item: string): Promise<void> {
		await this.press('.*Actions.*', { region: 'Finished photo shoots' });
		await this.press(item, { role: 'menuitem' });
	}

	async isDisabled(query: Query): Promise<boolean> {
		const found = await until(`“${query.name}”`, () => this.#find(query));
		return found.disabled;
	}

	async has(query: Query): Promise<boolean> {
		return (await this.#find(query)) !== null;
	}

	async reads(words: RegExp): Promise<boolean> {
		return words.test(await this.tab.run(textOf));
	}

	async expectText(words: RegExp, patience = PATIENCE): Promise<void> {
		await until(
			`${words} on the page`,
			() => this.reads(words),
			patience,
			() => this.#end(),
		);
	}

	/** The last of what can be read on the page: messages are there. */
	async #end(): Promise<string> {
		return (await this.tab.run(textOf)).slice(-1500);
	}

	async #find(query: Query): Promise<Found | null> {
		return this.tab.run(find, query);
	}
}

/** Asks until the answer is no longer empty. @throws when that takes too long, with what `instead` tells */
export async function until<T>(
	what: string,
	ask: () => Promise<T | null | false | undefined>,
	patience = PATIENCE,
	instead: () => Promise<string> = async () => '',
): Promise<T> {
	for (const end = Date.now() + patience; ; await sleep(50)) {
		const answer = await ask();
		if (answer) return answer;
		if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s for ${what}.\n${await instead()}`);
	}
}
