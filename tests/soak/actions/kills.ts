import { expect } from '@playwright/test';
import type { World } from '../world.ts';
import type { Action } from './action.ts';
import { pickSome, undo } from './marks.ts';

/** How a page may be killed: the whole browser now and then, since it takes a second to come back. */
const ways: readonly [Kill, ...Kill[]] = [
	{ says: 'the browser', kill: (world) => world.killBrowser() },
	{ says: 'all pages', kill: (world) => world.killPages() },
	{ says: 'all pages', kill: (world) => world.killPages() },
	{ says: 'the first tab', kill: (world) => world.crash(world.first) },
	{ says: 'the first tab', kill: (world) => world.crash(world.first) },
];

export interface Kill {
	says: string;
	kill(world: World): Promise<void>;
}

export { ways as killWays };

export const kill: Action = {
	name: 'kill',
	weight: 1,
	async run(world, luck) {
		const { says, kill: end } = luck.pick(ways);
		await end(world);
		return says;
	},
};

/** Between the press and the word that it is saved: either all of it is on the disk, or nothing. */
export const killWhileMarking: Action = {
	name: 'kill while marking',
	weight: 2,
	async run(world, luck) {
		const tab = world.first;
		const picked = await pickSome(tab, world, luck);
		if (picked === null) return null;
		const { says, kill: end } = luck.pick(ways);
		const press = tab.page.getByRole('button', { name: 'Mark as actioned' }).click();
		// Before it is written, or while it is.
		const pressed = press.catch(() => {});
		if (luck.between(1, 3) > 1) await pressed;
		await end(world);
		await pressed;
		const markers = await world.first.markers();
		const isMarked = (id: string) =>
			markers.some(({ shootId, state }) => shootId === id && state === 'actioned');
		const marked = picked.filter(({ id }) => isMarked(id));
		expect([0, picked.length], 'all marks or none').toContain(marked.length);
		for (const { id, favoriteId } of marked) world.marks.mark(id, favoriteId);
		return `${says}; ${marked.length} of ${picked.length} marks are there`;
	},
};

/** What the page has just said is saved stays, however little later the browser dies. */
export const killAfterUndo: Action = {
	name: 'kill after undo',
	weight: 1,
	async run(world, luck) {
		const undone = await undo.run(world, luck);
		if (undone === null) return null;
		await world.killBrowser();
		return undone;
	},
};
