import { expect } from '@playwright/test';
import type { Random } from '../../backend/random.ts';
import { prepare } from '../download/prepare.ts';
import { Run } from '../download/run.ts';
import { polling, untilShown } from '../waits.ts';
import type { Tab } from '../tab.ts';
import type { World } from '../world.ts';
import { draw, type Action } from './action.ts';

/** Somebody of another organization signs in: from the next answer on, nobody of the one before is in sight. */
export const organization: Action = {
	name: 'organization',
	weight: 2,
	online: true,
	async run(world) {
		world.signInAsOther();
		await meet(world);
		return world.current.standIn.company.organization.name;
	},
};

/** It happens before the press: nobody's photos may pass for another's. */
export const organizationBefore: Action = {
	name: 'organization before',
	weight: 1,
	online: true,
	async run(world, luck) {
		const prepared = await prepare(world, luck);
		if (prepared === null) return null;
		world.signInAsOther();
		const run = await Run.start(world, prepared);
		await untilShown(run.dialog.getByText(/^Another organization is signed in now/).first());
		run.abandon();
		await run.close();
		await meet(world);
		return `${prepared.says}: refused`;
	},
};

/** It happens in the middle of a download: that one ends as it began, or with its page. */
export const organizationWithin: Action = {
	name: 'organization within',
	weight: 2,
	online: true,
	async run(world, luck) {
		// Links that expire now can't be renewed.
		world.faults.clear();
		const prepared = await prepare(world, luck);
		const victim = prepared && draw(prepared.plan, luck);
		if (!prepared || !victim) return null;
		const { faults, standIn } = prepared.whose;
		faults.hold(victim.shoot.id, victim.file);
		const run = await Run.start(world, prepared);
		await expect.poll(() => faults.held, { ...polling, message: 'a photo hangs' }).toBeGreaterThan(0);
		if (luck.between(1, 2) === 1) await run.untilOnlyHeldLeft(prepared.plan.length - 1);
		world.signInAsOther();
		const release = async () => {
			faults.release();
			await standIn.pause('photos');
			await standIn.resume('photos');
		};
		return `${prepared.says}: ${await goOn(world, run, release, luck)}`;
	},
};

async function goOn(world: World, run: Run, release: () => Promise<void>, luck: Random): Promise<string> {
	const { first, second } = world;
	const how = luck.pick(['left', 'noticed', 'finished'] as const);
	if (how === 'finished') {
		// The other tab has met the other organization already, or has not.
		if (luck.between(1, 2) === 1) await world.reload(second);
		await release();
		const { line } = await run.finish();
		await run.close();
		await meet(world);
		return line;
	}
	run.abandon();
	if (how === 'left') await world.reload(first);
	// What the browser says of its network makes the page ask anew; so do a few minutes.
	else await world.renew(first, () => first.page.evaluate(() => void dispatchEvent(new Event('offline'))));
	await expectNobodyElse(world, first);
	await release();
	await meet(world);
	return how === 'left' ? 'gone with its page' : 'gone with its members';
}

/** Both tabs ask, and show nobody else. */
async function meet(world: World): Promise<void> {
	for (const tab of world.tabs) {
		await world.reload(tab);
		await expectNobodyElse(world, tab);
	}
}

async function expectNobodyElse({ organizations, current }: World, { page }: Tab): Promise<void> {
	const others = organizations.filter((one) => one !== current).flatMap(({ emails }) => emails);
	const text = await page.locator('body').innerText();
	const words = new Set(text.split(/[\s·,;]+/));
	expect(
		others.filter((email) => words.has(email)),
		'members of another organization',
	).toEqual([]);
}
