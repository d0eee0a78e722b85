import { expect } from '@playwright/test';
import type { Random } from '../../backend/random.ts';
import { prepare, prepareRest } from '../download/prepare.ts';
import { Run } from '../download/run.ts';
import type { World } from '../world.ts';
import { draw, type Action } from './action.ts';
import { through } from './downloads.ts';
import { killWays } from './kills.ts';
import { polling, untilShown } from '../waits.ts';

/** What happens in the middle of a download. @returns how it goes on; it may go on to its end */
type Interruption = (run: Run, luck: Random) => Promise<string>;

/** A download that hangs at some photo, and what happens then. */
function interrupted(name: string, weight: number, interrupt: Interruption): Action {
	return {
		name,
		weight,
		online: true,
		async run(world, luck) {
			const rest = luck.between(1, 3) === 1 ? await prepareRest(world) : null;
			const prepared = rest ?? (await prepare(world, luck));
			if (prepared === null) return null;
			const open = prepared.plan.filter(
				({ shoot, file }) => !world.faults.lasts(shoot.id, file) && !prepared.safe.has(`${shoot.id} ${file}`),
			);
			const victim = draw(open, luck);
			if (victim) world.faults.hold(victim.shoot.id, victim.file);
			const run = await Run.start(world, prepared);
			if (victim === null) return `${prepared.says}, nothing to hold: ${await through(run, luck)}`;
			await expect.poll(() => world.faults.held, { ...polling, message: 'a photo hangs' }).toBeGreaterThan(0);
			// At once, while others are under way; or when all others are here.
			if (luck.between(1, 3) > 1) await run.untilOnlyHeldLeft(open.length - 1);
			return `${prepared.says}: ${await interrupt(run, luck)}`;
		},
	};
}

export const cancel = interrupted('cancel', 3, async (run) => {
	const { world, dialog } = run;
	await run.button('Cancel').click();
	await untilShown(dialog.getByText('Download cancelled. Nothing was saved.'));
	run.abandon();
	world.faults.release();
	await run.close();
	return 'cancelled';
});

export const pause = interrupted('pause', 2, async (run, luck) => {
	const { world } = run;
	await run.button('Pause').click();
	await untilShown(run.button('Resume'));
	await release(world);
	await run.button('Resume').click();
	return through(run, luck);
});

export const cut = interrupted('cut network', 2, async (run, luck) => {
	const { world, dialog } = run;
	await Promise.all([world.standIn.pause('api'), world.standIn.pause('photos')]);
	await untilShown(dialog.getByText('Waiting for the network'));
	world.faults.release();
	await Promise.all([world.standIn.resume('api'), world.standIn.resume('photos')]);
	return through(run, luck);
});

export const elsewhere = interrupted('elsewhere', 2, async (run, luck) => {
	const { first } = run.world;
	await run.button('Hide').click();
	const tray = first.page.getByRole('region', { name: 'Download', exact: true });
	await untilShown(tray.getByText('Downloading favorites'));
	const shoot = first.seen.shoots.find(({ id }) => !run.world.marks.actioned.has(id));
	if (shoot) {
		const card = first.page.locator(`[data-key="${shoot.id}"]`);
		await card.hover();
		await card.getByRole('link', { name: /^View Results/ }).click();
		await untilShown(first.page.getByRole('heading', { level: 1, name: shoot.name }));
		await first.page.goBack();
	}
	await tray.getByRole('button', { name: 'Details' }).click();
	await release(run.world);
	return through(run, luck);
});

export const leave = interrupted('reload in a download', 2, async (run) => {
	await expectNothingLost(run, () => run.world.reload(run.world.first));
	return 'gone with its page';
});

export const killDownload = interrupted('kill a download', 2, async (run, luck) => {
	const { says, kill } = luck.pick(killWays);
	await expectNothingLost(run, () => kill(run.world));
	return `${says} killed`;
});

/** What the journal has said is on the disk stays there, whatever ends the page. */
async function expectNothingLost(run: Run, end: () => Promise<void>): Promise<void> {
	const { world } = run;
	const before = await world.first.kept();
	run.abandon();
	await end();
	world.faults.release();
	const after = await world.first.kept();
	const journaled = new Set(after.journal.map(({ job, path }) => `${job} ${path}`));
	expect(before.journal.filter(({ job, path }) => !journaled.has(`${job} ${path}`))).toEqual([]);
}

/** Cuts the photo that hangs: its next try is answered. */
async function release(world: World): Promise<void> {
	world.faults.release();
	await world.standIn.pause('photos');
	await world.standIn.resume('photos');
}
