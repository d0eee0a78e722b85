import { describe, expect, test } from 'vitest';
import {
	fileChoices,
	layoutChoices,
	qualityChoices,
	sizeChoices,
	systems,
	weightChoices,
} from '$lib/download/options/choices';
import { type FileFailure, type JobOutcome, type JobRequest } from '$lib/download/contract';
import { failuresFile, failuresFilename } from '$lib/download/running/failures-file';
import { archiveFilename } from '$lib/download/filename';
import { addToHistory, type PastJob } from '$lib/download/running/history';
import { nextOf, scopeOf, type Job, type Order } from '$lib/download/running/job-view';
import { requestOf } from '$lib/download/running/request';
import { presets } from '$lib/download/options/presets';
import { isSameOptions, plainOptions } from '$lib/download/options/options';
import { leftLine } from '$lib/download/view/left';
import { whose } from '$lib/download/view/whose';

const failure: FileFailure = {
	shootId: '1',
	photoId: 'p',
	picture: null,
	member: 'Ada',
	email: null,
	file: 'pfp.jpg',
	reason: '=Gone',
};
const team = { id: 't1', name: 'Marketing' };

describe('what the options dialog offers', () => {
	test('every system, after none', () => {
		expect(systems[0]).toEqual({ value: '', label: 'Anything' });
		expect(systems.slice(1)).toEqual(presets.map(({ id, name }) => ({ value: id, label: name })));
	});

	test('layouts in general; of a system the pictures that it can use', () => {
		expect(layoutChoices(null)).toEqual([
			{ value: 'folders', label: 'Folder per member' },
			{ value: 'flat-headshot', label: 'Flat: headshots by e-mail' },
			{ value: 'flat-pfp', label: 'Flat: PFPs by e-mail' },
		]);
		expect(layoutChoices('slack')).toEqual([
			{ value: 'flat-pfp', label: 'Profile picture' },
			{ value: 'flat-headshot', label: 'Headshot, cut to shape' },
		]);
		expect(layoutChoices('successfactors').map(({ value }) => value)).toEqual(['flat-headshot']);
	});

	test('both pictures, or one of them', () => {
		expect(fileChoices).toEqual([
			{ value: 'both', label: 'Headshots and PFPs' },
			{ value: 'headshots', label: 'Headshots only' },
			{ value: 'pfps', label: 'PFPs only' },
		]);
	});

	test('sizes from large to small, and what a profile holds beside them', () => {
		const usual = sizeChoices(null);
		expect(usual.map(({ value }) => value).join()).toBe(',1024,800,640,600,512,400,300,256,192,128,96');
		expect(usual.slice(0, 2)).toEqual([
			{ value: '', label: 'As they are' },
			{ value: '1024', label: 'Square, up to 1024 px' },
		]);
		expect(sizeChoices(512)).toEqual(usual);
		expect(
			sizeChoices(700)
				.slice(2, 4)
				.map(({ value }) => value),
		).toEqual(['800', '700']);
	});

	test('qualities in words and percent', () => {
		expect(qualityChoices(0.95).map(({ label }) => label)).toEqual([
			'Best, 95 %',
			'Good, 85 %',
			'Small, 75 %',
			'Smallest, 60 %',
		]);
		expect(qualityChoices(0.7)[3]).toEqual({ value: '0.7', label: '70 %' });
	});

	test('weights, the lightest last', () => {
		expect(weightChoices(null).map(({ label }) => label)).toEqual([
			...['Any', 'Up to 10 MB', 'Up to 5 MB', 'Up to 2 MB', 'Up to 1 MB', 'Up to 500 kB', 'Up to 100 kB'],
		]);
		expect(weightChoices(50_000).at(-1)).toEqual({ value: '50000', label: 'Up to 50 kB' });
	});
});

test.each([
	[{ index: true }, false],
	[{ readme: true }, false],
	[{ preset: 'slack' }, false],
	[{ size: { side: 512, shape: 'square' as const } }, false],
	[{ size: null }, true],
	[{}, true],
])('options that differ by %j are the same: %s', (change, same) => {
	const options = { ...plainOptions, ...change };
	expect(isSameOptions(options, plainOptions)).toBe(same);
	expect(isSameOptions(options, structuredClone(options))).toBe(true);
});

describe('names', () => {
	const time = new Date(2026, 10, 24, 23, 59).getTime();
	const series = { parts: [[], [], []], index: 1 };

	test('of archives: the day, the part, the round', () => {
		expect(archiveFilename(time)).toBe('team-photos-2026-11-24.zip');
		expect(archiveFilename(time, 2)).toBe('team-photos-2026-11-24 (2).zip');
		expect(archiveFilename(time, 1, series)).toBe('team-photos-2026-11-24 (part 2 of 3).zip');
		expect(archiveFilename(time, 3, series)).toBe('team-photos-2026-11-24 (part 2 of 3) (3).zip');
	});

	test('of the list of what failed', () => {
		expect(failuresFilename('team.zip.2026.ZIP')).toBe('team.zip.2026 - failed.csv');
		expect(failuresFilename('team.zip.2026')).toBe('team.zip.2026 - failed.csv');
	});

	test('of whose photos they are', () => {
		expect(whose({ scope: { team }, round: 1 })).toBe('Marketing');
		expect(whose({ scope: { team: null }, round: 1 })).toBe('All members');
		expect(whose({ scope: { team, shootIds: ['a', 'b', 'c'] }, round: 1 })).toBe('3 photo shoots');
		expect(whose({ scope: { team, shootIds: [] }, round: 1 })).toBe('0 photo shoots');
		expect(whose({ scope: { team }, round: 2 })).toBe('Marketing, what had failed');
	});
});

test('the list of what failed is a CSV that no spreadsheet runs', async () => {
	const file = await failuresFile([failure, { ...failure, email: 'ada@example.com' }]);
	expect(file.type).toBe('text/csv');
	expect(Buffer.from(await file.arrayBuffer()).toString('utf8')).toBe(
		[
			'\ufeff"Member","Email","File","Reason"\r\n',
			'"Ada","","pfp.jpg","\'=Gone"\r\n',
			'"Ada","ada@example.com","pfp.jpg","\'=Gone"\r\n',
		].join(''),
	);
});

describe('the history', () => {
	const job = { id: 7, filename: 'a.zip', scope: { team }, round: 1, failures: [failure] } as unknown as Job;
	const delivered = [{ shootId: 's', photoId: 'p', picture: null, email: null, member: 'Ada' }];
	const receipt = { entries: 2, bytes: 5000, membersSaved: 1, membersTotal: 1 };
	const saved = { kind: 'saved', ...receipt, delivered, failures: [] };

	test.each<[string, JobOutcome, string, string]>([
		['saved', saved as unknown as JobOutcome, '1 of 1 member saved', '2 files, 5 kB, read back and verified'],
		[
			'failed',
			{ kind: 'failed', reason: 'The disk is full.', failures: [] },
			'The download stopped. Nothing was saved.',
			'The disk is full.',
		],
		['cancelled', { kind: 'cancelled' }, 'Download cancelled. Nothing was saved.', ''],
		[
			'no-room',
			{ kind: 'no-room', needed: 2, free: 1, parts: [] },
			'There is hardly room for all of it.',
			'',
		],
	])('tells of one that was %s', (kind, outcome, line, detail) => {
		expect(addToHistory([], job, outcome, 9)).toEqual([
			{
				...{ id: 7, filename: 'a.zip', scope: { team }, round: 1, kind, line, detail, endedAt: 9 },
				failures: [failure],
				delivered: kind === 'saved' ? delivered : [],
			},
		]);
	});

	test('has the latest in front, and twenty in all', () => {
		let history: readonly PastJob[] = [];
		for (let id = 1; id <= 25; id++)
			history = addToHistory(history, { ...job, id }, { kind: 'cancelled' }, id);
		expect(history.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
	});
});

describe('what the worker is asked for', () => {
	const order: Order = { scope: { team: null }, files: null, round: 1 };

	test('everything, in the usual form, unless told', () => {
		expect(requestOf(order, 'a.zip', null)).toEqual({
			id: expect.stringMatching(/^[a-z0-9]+-[a-z0-9]{8,28}$/),
			organizationUid: null,
			continues: false,
			teamId: null,
			shootIds: null,
			files: null,
			series: null,
			options: plainOptions,
			whateverRoom: false,
			organization: null,
			filename: 'a.zip',
		});
	});

	test('has an id of its own each time', () => {
		expect(requestOf(order, 'a.zip', null).id).not.toBe(requestOf(order, 'a.zip', null).id);
	});

	test('what the scope says, and the id of the one it goes on with', () => {
		const options = { ...plainOptions, index: true };
		const scope = { team, shootIds: ['s1'], organization: 'Acme', options };
		const files = [{ shootId: 's1', photoId: 'p', picture: null, file: 'pfp.jpg' as const }];
		const interrupted = { id: 'old' } as JobRequest;
		const request = requestOf({ scope, files, round: 1, interrupted, whateverRoom: true }, 'b.zip', 'acme');
		expect(request).toEqual({
			...{ id: 'old', organizationUid: 'acme', continues: true, teamId: 't1', shootIds: ['s1'], files },
			...{ series: null, options, whateverRoom: true, organization: 'Acme', filename: 'b.zip' },
		});
		expect(scopeOf(request, 'Marketing')).toEqual(scope);
	});

	test('of a part, what comes after it', () => {
		const key = (shootId: string) => ({ shootId, photoId: 'p', picture: null, file: 'pfp.jpg' as const });
		const parts = [[key('a')], [key('b')], [key('c')]];
		const { series } = requestOf({ ...order, series: { parts, index: 1 } }, 'a.zip', null);
		expect(series).toEqual({ parts: [[], [], [key('c')]], index: 1 });
	});

	test('an interrupted one of everybody is everybody’s, and says no more than it knew', () => {
		expect(scopeOf(requestOf(order, 'a.zip', null), 'Gone')).toEqual({ team: null, options: plainOptions });
	});

	test('the part after this one, where there is one', () => {
		const part = (index: number) => nextOf({ ...order, series: { parts: [[], [], []], index } });
		expect([part(0), part(1), part(2), nextOf(order)]).toEqual([
			{ part: 2, of: 3 },
			{ part: 3, of: 3 },
			null,
			null,
		]);
	});
});

test.each([
	[1, 45, '1 of 45 members is here already, and will not be fetched again.'],
	[28, 45, '28 of 45 members are here already, and will not be fetched again.'],
	[1_100, 1_200, '1,100 of 1,200 members are here already, and will not be fetched again.'],
])('of an interrupted download, %i of %i', (membersDone, membersTotal, words) => {
	expect(leftLine({ membersDone, membersTotal })).toBe(words);
});
