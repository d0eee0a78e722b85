import { expect } from '@playwright/test';
import { finishedMembers } from '../model/facts.ts';
import type { Marks } from '../model/marks.ts';
import type { Tab } from '../tab.ts';
import type { World } from '../world.ts';
import { polling } from '../waits.ts';

/** What is true after every action. */
export async function checkEach(world: World): Promise<void> {
	expectNoComplaint(world);
	await Promise.all([expectOnDisk(world), ...world.tabs.map((tab) => expectInSight(tab, world))]);
}

/** All that can have become untrue where nothing was done to the page. */
export function expectNoComplaint({ complaints }: World): void {
	const errors = complaints.filter((line) => !line.startsWith('network: '));
	expect(errors, 'the page throws nothing and logs no error').toEqual([]);
	complaints.length = 0;
}

/** "Saved" means saved: at once, and for good; and of each organization by itself. */
export async function expectOnDisk({ first, organizations }: World): Promise<void> {
	const markers = await first.markers();
	const stored = markers
		.filter(({ state }) => state === 'actioned')
		.map(({ organization, shootId, photoId, note }) => ({ organization, shootId, photoId, note }));
	const saved = organizations.flatMap(({ uid, marks }) =>
		[...marks.actioned].map(([shootId, mark]) => ({ organization: uid, shootId, ...mark })),
	);
	const byId = (a: { shootId: string }, b: { shootId: string }) => (a.shootId < b.shootId ? -1 : 1);
	expect(stored.sort(byId), 'the marks on the disk').toEqual(saved.sort(byId));
}

/** What both tabs show, each of whom it was told, with the marks of both. */
async function expectInSight(tab: Tab, { marks, online }: World): Promise<void> {
	const expected = sightOf(tab, marks);
	const seen = async () => {
		const { hasMain, busy, tabs, tiles, dialogs, lost, readOnly, offline, path, finished, view } =
			await tab.look();
		const { All, Finished, Joined, Invited, Deleted, Actioned = 0 } = tabs;
		const isWhole = finished !== null && view.q.trim().length < 2;
		return {
			isHere: path.endsWith('/headshots'),
			hasMain,
			busy,
			dialogs,
			lost,
			readOnly,
			tabs: { All, Finished, Joined, Invited, Deleted, Actioned },
			tiles,
			offline,
			finished: isWhole ? [...finished.keys].sort() : expected.finished,
		};
	};
	const calm = { isHere: true, hasMain: true, busy: false, dialogs: 0, lost: false, readOnly: false };
	await expect
		.poll(seen, { ...polling, message: 'what the page shows' })
		.toEqual({ ...calm, ...expected.counts, finished: expected.finished, offline: !online });
}

function sightOf({ seen }: Tab, { actioned }: Marks) {
	const people = finishedMembers(seen);
	const open = seen.shoots.filter(({ id }) => !actioned.has(id)).map(({ id }) => id);
	const total = people.length + seen.joined + seen.invited;
	return {
		counts: {
			tabs: {
				All: total,
				Finished: open.length,
				Joined: seen.joined,
				Invited: seen.invited,
				Deleted: seen.deleted,
				Actioned: actioned.size,
			},
			tiles: [total, people.length, seen.joined, seen.invited],
		},
		finished: open.sort(),
	};
}
