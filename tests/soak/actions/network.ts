import { expect } from '@playwright/test';
import { keptShoots } from '../page/storage.ts';
import type { World } from '../world.ts';
import { drawTab, type Action } from './action.ts';
import { polling, untilHidden, untilNone, untilShown } from '../waits.ts';

/** The network goes, or comes back. */
export const network: Action = {
	name: 'network',
	weight: 3,
	run: (world) => (world.online ? leave(world) : comeBack(world)),
};

async function leave(world: World): Promise<string> {
	const { place, first, tabs, current } = world;
	const latest = current.shown.at(-1)!;
	const kept = async () => {
		const { snapshots } = await first.kept();
		return keptShoots(snapshots, current.uid)?.map(({ id }) => id);
	};
	await expect
		.poll(kept, { ...polling, message: 'the members are kept' })
		.toEqual(latest.shoots.map(({ id }) => id));
	const shell = () =>
		first.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);
	await expect.poll(shell, { ...polling, message: 'the page is kept' }).toBe('activated');
	await place.cut(first.page);
	world.online = false;
	for (const { page } of tabs) await untilShown(page.getByText(/^Offline, as of/));
	return 'goes';
}

/** The network is there again, and both tabs are up to date by themselves. */
export async function comeBack(world: World): Promise<string> {
	const { place, first, tabs, standIn } = world;
	const since = standIn.log.length;
	await place.restore(first.page);
	world.online = true;
	for (const tab of tabs) {
		await untilHidden(tab.page.getByText(/^Offline, as of/));
		await tab.untilAnswered(standIn, since, tabs.length);
		world.current.remember(tab.seen);
	}
	return 'comes back';
}

/** The session ends: nobody is shown until the admin has signed in. */
export const session: Action = {
	name: 'session',
	weight: 1,
	online: true,
	async run(world, luck) {
		const tab = await drawTab(world, luck);
		const { standIn } = world;
		standIn.signOut();
		await tab.page.reload({ waitUntil: 'commit' });
		await untilShown(tab.page.getByText('You are signed out'));
		await untilNone(tab.page.locator('[data-key]'));
		standIn.signIn();
		await tab.load(standIn, () => tab.page.getByRole('button', { name: 'Try again' }).click());
		world.current.remember(tab.seen);
		return 'ends, and is back';
	},
};

/** The backend fails for good, and comes back. */
export const outage: Action = {
	name: 'outage',
	weight: 1,
	online: true,
	async run(world, luck) {
		const tab = await drawTab(world, luck);
		const { standIn } = world;
		standIn.faults.add({ kind: 'status', status: 500, api: /./ });
		world.faults.made++;
		await tab.page.reload({ waitUntil: 'commit' });
		await untilShown(tab.page.getByText(/^The members could not be (loaded|updated)$/));
		// Puts back just those faults that the walk has set.
		world.faults.release();
		await tab.load(standIn, () => tab.page.getByRole('button', { name: 'Try again' }).click());
		world.current.remember(tab.seen);
		return 'and back';
	},
};
