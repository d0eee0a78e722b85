import { expect } from '@playwright/test';
import type { Random } from '../../backend/random.ts';
import { planOf } from '../model/plan.ts';
import { prepare, prepareRest } from '../download/prepare.ts';
import { Run } from '../download/run.ts';
import { unfinishedJobs } from '../page/storage.ts';
import type { Action } from './action.ts';
import { polling, untilShown } from '../waits.ts';

export const download: Action = {
	name: 'download',
	weight: 4,
	online: true,
	async run(world, luck) {
		const prepared = await prepare(world, luck);
		if (prepared === null) return null;
		return `${prepared.says}: ${await through(await Run.start(world, prepared), luck)}`;
	},
};

export const goOn: Action = {
	name: 'continue',
	weight: 9,
	online: true,
	async run(world, luck) {
		const prepared = await prepareRest(world);
		if (prepared === null) return null;
		const { size } = prepared.safe;
		return `${prepared.says}, ${size} files safe: ${await through(await Run.start(world, prepared), luck)}`;
	},
};

export const discard: Action = {
	name: 'discard',
	weight: 2,
	online: true,
	async run(world) {
		const { first } = world;
		const [job] = unfinishedJobs(await first.kept(), world.current.uid);
		if (!job) return null;
		await first.showAll();
		await first.page.getByRole('button', { name: 'Discard', exact: true }).click();
		const left = async () => {
			const { files, jobs } = await first.kept();
			return files.includes(job.id) || jobs.some(({ id }) => id === job.id);
		};
		await expect.poll(left, { ...polling, message: 'a discarded download leaves something' }).toBe(false);
		return job.id;
	},
};

/** The backend's session ends just when the favorites are listed. */
export const signedOut: Action = {
	name: 'signed out',
	weight: 1,
	online: true,
	async run(world, luck) {
		const prepared = await prepare(world, luck);
		if (prepared === null) return null;
		world.standIn.faults.add({ kind: 'status', status: 401, api: /photos\/favorites$/, tries: 1 });
		world.faults.made++;
		const run = await Run.start(world, prepared);
		await untilShown(run.dialog.getByText('You are signed out.'));
		await run.button('Continue').click();
		return `${prepared.says}: ${await through(run, luck)}`;
	},
};

/** To the end, and what an admin does then. @returns how it ended */
export async function through(run: Run, luck: Random): Promise<string> {
	const { missing } = run;
	const { line, isSaved } = await run.finish();
	let more = '';
	if (isSaved && luck.between(1, 4) === 1) more = await markDelivered(run);
	else if (isSaved && missing.length > 0 && luck.between(1, 2) === 1) {
		const { world, prepared } = run;
		for (const { shoot, file } of missing) if (luck.between(1, 3) > 1) world.faults.heal(shoot.id, file);
		const order = {
			...prepared.order,
			only: missing.map(({ shoot, file }) => ({ shootId: shoot.id, file })),
		};
		const retried = await Run.start(world, {
			says: 'what failed',
			whose: prepared.whose,
			order,
			plan: planOf(prepared.whose.standIn, order),
			safe: new Set(),
			press: () => run.button('Retry failed').click(),
		});
		more = `, then of what failed ${(await retried.finish()).line}`;
	}
	await run.close();
	return line + more;
}

async function markDelivered({ world, dialog, prepared, missing }: Run): Promise<string> {
	const { first, marks } = world;
	const button = dialog.getByRole('button', { name: /^Mark (these|this)/ });
	if (!(await button.isVisible())) return '';
	await first.dismissMessages();
	const lacking = new Set(missing.map(({ shoot }) => shoot.id));
	const whole = new Map(prepared.plan.map(({ shoot }) => [shoot.id, shoot]));
	const delivered = [...whole.values()].filter(({ id }) => !lacking.has(id));
	const open = delivered.filter(({ id, favoriteId }) => marks.actioned.get(id)?.photoId !== favoriteId);
	const listed = new Map(first.seen.shoots.map(({ id, favoriteId }) => [id, favoriteId]));
	// What the page's list does not know yet it asks for.
	if (delivered.every(({ id, favoriteId }) => listed.get(id) === favoriteId)) await button.click();
	else await world.renew(first, () => button.click());
	await first.expectMessage(/ marked as actioned$/);
	for (const { id, favoriteId } of open) marks.mark(id, favoriteId);
	return `, ${open.length} marked`;
}
