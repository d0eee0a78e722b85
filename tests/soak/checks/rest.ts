import { expect } from '@playwright/test';
import { VERSION_LOCK } from '../../../src/lib/offline/version-lock.ts';
import { unfinishedJobs } from '../page/storage.ts';
import type { World } from '../world.ts';
import { polling } from '../waits.ts';

/** What is true when nothing is under way: nobody works, nobody holds anything, and nothing lies about. */
export async function checkAtRest(world: World): Promise<void> {
	const { first, second, organizations } = world;
	const delivered = organizations.map((one) => one.delivered.lines);
	const apart = async () => {
		const { markers, copies } = await first.kept();
		const own = (all: typeof markers) => all.filter(({ organization }) => organization === world.current.uid);
		return { markers: own(markers), copies: own(copies) };
	};
	await expect
		.poll(async () => (await apart()).copies, { ...polling, message: 'the second copy of the markers' })
		.toEqual((await apart()).markers);
	const leftovers = async () => {
		const { jobs, journal, files, locks, deliveries } = await first.kept();
		const kept = new Map(jobs.map((job) => [job.id, job]));
		const spool = 'headshot-admin:spool:';
		return {
			workers: [...first.page.workers(), ...second.page.workers()].map((worker) => worker.url()),
			inFlight: organizations.reduce((sum, { standIn }) => sum + standIn.inFlight(), 0),
			// Of the archives that were handed over, the browser may be copying still.
			locks: locks.filter(
				(name) =>
					!name.startsWith(VERSION_LOCK) &&
					// Whoever has sent a link holds one for a minute: no other tab sends it again.
					!name.startsWith('headshot-admin:access-link:') &&
					!(name.startsWith(spool) && kept.get(name.slice(spool.length))?.finishedAt),
			),
			files: files.filter((name) => !kept.has(name)),
			journal: journal.filter(({ job }) => kept.get(job)?.finishedAt !== null).map(({ path }) => path),
			delivered: organizations.map(({ uid }) =>
				deliveries
					.filter(({ organization }) => organization === uid)
					.map(({ shootId, photoId }) => `${shootId} ${photoId}`)
					.sort(),
			),
		};
	};
	await expect
		.poll(leftovers, { ...polling, message: 'what is left when nothing is under way' })
		.toEqual({ workers: [], inFlight: 0, locks: [], files: [], journal: [], delivered });
	if (!world.online) return;
	const goesOn = async () => {
		const { path, unfinished } = await first.look();
		const isKept = unfinishedJobs(await first.kept(), world.current.uid).length > 0;
		return !path.endsWith('/headshots') || unfinished === isKept;
	};
	await expect
		.poll(goesOn, { ...polling, message: 'the page offers to go on with what is kept, and only then' })
		.toBe(true);
}
