import { expect } from '@playwright/test';
import type { Random } from '../../backend/random.ts';
import { prepare } from '../download/prepare.ts';
import { Run } from '../download/run.ts';
import { polling, untilShown } from '../waits.ts';
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
	const isLeft = luck.between(1, 2) === 1;
	if (isLeft) {
		run.abandon();
		await meet(world);
		await release();
		return 'gone with its page';
	}
	// The other tab has met the other organization already, or has not.
	if (luck.between(1, 2) === 1) await world.reload(world.second);
	await release();
	const { line } = await run.finish();
	await run.close();
	await meet(world);
	return line;
}

/** Both tabs ask, and show nobody else. */
async function meet(world: World): Promise<void> {
	const { organizations, current, tabs } = world;
	for (const tab of tabs) await world.reload(tab);
	const others = organizations.filter((one) => one !== current).flatMap(({ emails }) => emails);
	for (const { page } of tabs) {
		const text = await page.locator('body').innerText();
		const shown = others.filter((email) =>
			new RegExp(`(^|[^.\\w])${email.replaceAll('.', '\\.')}`).test(text),
		);
		expect(shown, 'members of another organization').toEqual([]);
	}
}
