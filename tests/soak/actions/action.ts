import type { Random } from '../../backend/random.ts';
import type { ShootFacts } from '../model/facts.ts';
import type { Tab } from '../tab.ts';
import type { World } from '../world.ts';

/** One thing that happens: to the page, the browser, the network, or the company. */
export interface Action {
	name: string;
	/** How often it is drawn, among all. */
	weight: number;
	/** It can't be done without a network. */
	online?: true;
	/** It is about the backend alone: the page notices nothing of it, yet. */
	behind?: true;
	/** @returns what was done, in a few words; `null` when there was nothing to do it with */
	run(world: World, luck: Random): Promise<string | null>;
}

/** One of them, `null` of none. */
export function draw<T>(list: readonly T[], luck: Random): T | null {
	return list.length === 0 ? null : list[luck.between(0, list.length - 1)]!;
}

/** What happens in one of both tabs, as luck has it. */
export function inSomeTab(
	name: string,
	weight: number,
	run: (tab: Tab, world: World, luck: Random) => Promise<string | null>,
): Action {
	return { name, weight, run: async (world, luck) => run(await drawTab(world, luck), world, luck) };
}

/** One of both tabs, brought to the front: an admin goes from one to the other. */
export async function drawTab({ first, second }: World, luck: Random): Promise<Tab> {
	const tab = luck.between(1, 3) === 1 ? second : first;
	await tab.toFront();
	return tab;
}

/** Whose cards are among the finished in this tab. */
export function openShoots({ seen }: Tab, { marks }: World): ShootFacts[] {
	return seen.shoots.filter(({ id }) => !marks.actioned.has(id));
}

/** Those of them that are as the tab shows them still. */
export function unchangedShoots(tab: Tab, world: World): ShootFacts[] {
	const { company } = world.standIn;
	return openShoots(tab, world).filter(({ id, favoriteId, memberId }) => {
		const isMember = company.members.some((member) => member.id === memberId);
		return isMember && company.shoot(id)?.favoriteId === favoriteId;
	});
}
