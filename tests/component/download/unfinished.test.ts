import { afterEach, expect, test } from 'vitest';
import type { JobRequest } from '$lib/download/contract';
import { plainOptions } from '$lib/download/options/options';
import { Unfinished } from '$lib/download/kept/unfinished.svelte';
import { Store } from '$lib/storage/store';
import { deleteUnusedSpools, listSpools, spoolDirectory } from '$lib/zip/spool-files';
import { lockSpool } from '$lib/zip/spool-lock';

const stores: Store[] = [];
afterEach(async () => {
	for (const store of stores.splice(0)) store.dispose();
	await deleteUnusedSpools(new Set());
});

const hour = 3600_000;
const now = 1_000 * hour;

/** A database with these jobs, each with its file. */
async function withJobs(
	jobs: {
		id: string;
		organization?: string;
		startedAt?: number;
		finishedAt?: number | null;
		request?: unknown;
		file?: boolean;
	}[],
) {
	const store = new Store({ name: `unfinished ${Math.random()}` });
	stores.push(store);
	for (const job of jobs) {
		const { id, organization = 'o', startedAt = now, finishedAt = null, file = true } = job;
		const { request = requestOf(id) } = job;
		await store.write(['jobs', 'journal'], async (transaction) => {
			const record = {
				id,
				organization,
				request,
				startedAt,
				finishedAt,
				membersDone: 6,
				membersTotal: 10,
			};
			await transaction.objectStore('jobs').put(record);
			const line = { job: id, path: 'a/headshot.jpg', identity: 'x', entry: null, facts: null, offset: 0 };
			await transaction.objectStore('journal').put(line);
		});
		if (file) await (await spoolDirectory()).getFileHandle(id, { create: true });
	}
	const unfinished = new Unfinished(store, () => now);
	await unfinished.open('o');
	const kept = () =>
		store.read(['jobs', 'journal'], async (transaction) => [
			(await transaction.objectStore('jobs').getAllKeys()).length,
			(await transaction.objectStore('journal').getAllKeys()).length,
		]);
	return { unfinished, kept };
}

function requestOf(id: string): JobRequest {
	return {
		id,
		organizationUid: 'o',
		series: null,
		continues: false,
		teamId: null,
		shootIds: null,
		files: null,
		whateverRoom: false,
		options: { ...plainOptions },
		organization: null,
		filename: 'team-photos-2026-11-24.zip',
	};
}

test('an interrupted download can go on, with what is here of it', async () => {
	const { unfinished } = await withJobs([{ id: 'j' }]);
	expect(unfinished.latest).toMatchObject({
		membersDone: 6,
		membersTotal: 10,
		request: { id: 'j', continues: true },
	});
});

test('discarded, neither its file nor its journal is left', async () => {
	const { unfinished, kept } = await withJobs([{ id: 'j' }, { id: 'other', organization: 'o2' }]);
	await unfinished.discard(unfinished.latest!);
	expect([unfinished.latest, await listSpools(), await kept()]).toEqual([null, ['other'], [1, 1]]);
});

test.each([
	['of another organization', { id: 'j', organization: 'o2' }],
	['that was handed over', { id: 'j', finishedAt: now - 1 }],
	['whose file is gone', { id: 'j', file: false }],
	['that another version of the page has written', { id: 'j', request: { id: 'j', options: 'none' } }],
	['whose request is another job’s', { id: 'j', request: requestOf('k') }],
])('one %s is not offered', async (_, job) => {
	expect((await withJobs([job])).unfinished.latest).toBeNull();
});

test('one that another tab is at work on is not offered, nor taken away', async () => {
	const release = await lockSpool('j');
	const { unfinished } = await withJobs([{ id: 'j' }]);
	expect([unfinished.latest, await listSpools()]).toEqual([null, ['j']]);
	release!();
	await unfinished.refresh();
	expect(unfinished.latest?.request.id).toBe('j');
});

test('one whose file is gone is forgotten, unless somebody is at work on it', async () => {
	const release = await lockSpool('at work');
	const { unfinished, kept } = await withJobs([
		{ id: 'gone', file: false },
		{ id: 'at work', file: false },
	]);
	expect(await kept()).toEqual([1, 1]);
	release!();
	await unfinished.refresh();
	expect(await kept()).toEqual([0, 0]);
});

test('what nobody continues is taken away after thirty days, whosever it is, and whatever version has written it', async () => {
	const days = 30 * 24 * hour;
	const foreign = { organization: 'o2' };
	const unreadable = { request: { id: 'of another form' } };
	const { unfinished, kept } = await withJobs([
		{ id: 'old', startedAt: now - days - 1 },
		{ id: 'old, of another organization', startedAt: now - days - 1, ...foreign },
		{ id: 'old, of another form', startedAt: now - days - 1, ...unreadable },
		{ id: 'new', startedAt: now - days + 1 },
		{ id: 'new, of another organization', startedAt: now - days + 1, ...foreign },
		{ id: 'new, of another form', startedAt: now - days + 1, ...unreadable },
	]);
	expect((await listSpools()).sort()).toEqual([
		'new',
		'new, of another form',
		'new, of another organization',
	]);
	expect(await kept()).toEqual([3, 3]);
	expect(unfinished.latest?.request.id).toBe('new');
});

test('one that somebody is at work on stays, however long ago it began', async () => {
	const release = await lockSpool('at work');
	const { kept } = await withJobs([{ id: 'at work', startedAt: now - 60 * 24 * hour }]);
	expect([await listSpools(), await kept()]).toEqual([['at work'], [1, 1]]);
	release!();
});

test('files go that nobody needs: of no job, or handed over an hour ago', async () => {
	await (await spoolDirectory()).getFileHandle('stray', { create: true });
	const { kept } = await withJobs([
		{ id: 'old', finishedAt: now - hour - 1 },
		{ id: 'fresh', finishedAt: now - hour + 1 },
		{ id: 'going on' },
	]);
	expect((await listSpools()).sort()).toEqual(['fresh', 'going on']);
	expect(await kept()).toEqual([2, 2]);
});
