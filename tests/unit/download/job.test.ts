import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { plainOptions } from '$lib/download/options/options';
import { verifyArchive } from '$lib/zip/receipt';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { job, makeFile, saved, unzip } from './job-helpers.ts';

describe('given a company with every case there is', () => {
	test('every favorite is a folder with the very headshot and a JPEG profile picture, and nothing failed', async () => {
		const its = await job({ members: 60, plain: false });
		const outcome = await saved(its.run());
		const files = await unzip(outcome.blob);

		const chosen = its.standIn.company.shoots.filter(
			({ favoriteId, status, isDevelopment }) => favoriteId && status === 'active' && !isDevelopment,
		);
		const pictures = chosen.filter(({ profilePicture }) => profilePicture !== null);
		expect([chosen.length, pictures.length]).toEqual([47, 46]);
		expect(files.size).toBe(47 + 46);
		const headshots = [...files].filter(([path]) => path.endsWith('/headshot.jpg'));
		const expected = await Promise.all(chosen.map(({ id }) => its.standIn.bytesOf(id, 'headshot')));
		const hex = (all: Buffer[]) => all.map((bytes) => bytes.toString('base64')).sort();
		expect(hex(headshots.map(([, bytes]) => bytes))).toEqual(hex(expected));
		for (const [path, bytes] of files) {
			if (!path.endsWith('/pfp.jpg')) continue;
			expect((await sharp(bytes).metadata()).format, path).toBe('jpeg');
		}

		expect(outcome).toMatchObject({
			filename: 'team-photos-2026-11-24.zip',
			entries: files.size,
			bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
			membersSaved: 45,
			membersTotal: 45,
			failures: [],
			skipped: [],
		});
		expect(its.notes()).toEqual([
			'4 finished members have chosen no favorite yet.',
			expect.stringMatching(/ has no profile picture, so the folder holds the headshot only\.$/),
			...Array<unknown>(2).fill(expect.stringMatching(/ has no e-mail address: the folder is “.+”\.$/)),
		]);
		expect(its.failures()).toEqual([]);
	});

	test('a test shoot goes along where it was picked, and nowhere else', async () => {
		const { standIn } = await job({ members: 60, plain: false });
		const shoot = standIn.company.shoots.find(({ isDevelopment }) => isDevelopment)!;
		const picked = await job({ members: 60, plain: false }, { shootIds: [shoot.id] });
		expect(await saved(picked.run())).toMatchObject({ membersSaved: 1, membersTotal: 1 });
	});

	test('one team is that team only', async () => {
		const its = await job({ members: 20, plain: true });
		const team = its.standIn.company.organization.teams[1]!;
		const theirs = its.standIn.company.shoots.filter(({ teamId }) => teamId === team.id);
		const again = await job({ members: 20, plain: true }, { teamId: team.id });
		const outcome = await saved(again.run());
		expect([outcome.membersTotal, outcome.membersSaved]).toEqual([theirs.length, theirs.length]);
		const folders = new Set([...(await unzip(outcome.blob)).keys()].map((path) => path.split('/')[0]));
		expect([...folders].map((folder) => folder?.split(' - ')[0]).sort()).toEqual(
			theirs.map(({ email }) => email).sort(),
		);
	});

	test('a backend that renders no profile pictures: one is cropped out of each headshot, fetched once', async () => {
		const its = await job({ members: 3, without: ['profilePicture-field'] });
		const outcome = await saved(its.run());
		const files = await unzip(outcome.blob);
		expect([files.size, outcome.membersSaved, its.photosAsked().length]).toEqual([6, 3, 3]);
		const [pfp] = [...files].filter(([path]) => path.endsWith('/pfp.jpg'));
		const { width, height } = await sharp(pfp?.[1]).metadata();
		expect(width).toBe(height);
	});

	test('no credentials go to the photo host', async () => {
		const its = await job(
			{ auth: { kind: 'bearer', tokens: ['s3cret'] } },
			{ client: { getToken: async () => 's3cret' } },
		);
		await saved(its.run());
		expect(its.photosAsked().length).toBe(6);
		for (const { headers, path, query } of its.photosAsked()) {
			expect([headers.authorization, headers.cookie, headers.referer]).toEqual([
				undefined,
				undefined,
				undefined,
			]);
			expect(`${path}?${query}`).not.toContain('s3cret');
		}
		expect(JSON.stringify(its.events)).not.toContain('s3cret');
	});
});

describe('the counts come from what was read back', () => {
	test('a receipt with one file fewer: one file, its bytes and one member fewer', async () => {
		const whole = await saved((await job()).run());
		const its = await job(
			{},
			{
				verify: async (blob, writer, ...rest) =>
					(await verifyArchive(blob, writer.entries, ...rest)).slice(1),
			},
		);
		const outcome = await saved(its.run());
		const missing = its.archive.entries[0]!;
		expect(outcome).toMatchObject({
			entries: whole.entries - 1,
			bytes: whole.bytes - missing.size,
			membersSaved: whole.membersSaved - 1,
			membersTotal: whole.membersTotal,
		});
	});

	test('a member with two favorites counts as saved only with both', async () => {
		const its = await job({
			members: 2,
			edit: ({ shoots: [first, second] }) => {
				if (first && second) second.email = first.email;
			},
		});
		const [first] = its.standIn.company.shoots;
		its.standIn.company.members.pop();
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: first?.id ?? '', file: 'pfp' });
		const outcome = await saved(its.run());
		expect(outcome).toMatchObject({ entries: 3, membersSaved: 0, membersTotal: 1 });
		expect(its.progress().at(-1)).toMatchObject({ membersDone: 1, membersTotal: 1 });
	});
});

describe('nothing to save', () => {
	const nothing = { kind: 'empty', membersTotal: 0, failures: [], skipped: [] };
	const NOBODY_CHOSE = 'Nobody here has chosen a favorite photo yet.';

	test('no favorites: empty, and no photo is asked for', async () => {
		const edit: StandInOptions['edit'] = ({ shoots }) => {
			for (const shoot of shoots) shoot.favoriteId = null;
		};
		const its = await job({ edit });
		expect(await its.run()).toEqual({ ...nothing, reason: NOBODY_CHOSE });
		expect([its.photosAsked(), its.notes()]).toEqual([
			[],
			['3 finished members have chosen no favorite yet.'],
		]);
	});

	test('nobody has the picture that is asked for, or who was picked has none any more: empty, and it says so', async () => {
		const edit: StandInOptions['edit'] = ({ shoots }) => {
			for (const shoot of shoots) shoot.profilePicture = null;
		};
		const pictures = await job({ edit }, { form: { ...plainOptions, files: 'pfps' } });
		const noPicture = { ...nothing, reason: 'Whoever has chosen a favorite has no profile picture.' };
		expect(await pictures.run()).toEqual(noPicture);
		const picked = await job({}, { shootIds: ['gone', 'gone-too'] });
		expect(await picked.run()).toEqual({ ...nothing, reason: 'Who was picked has no favorite any more.' });
		expect(picked.notes()).toEqual(['2 of the picked photo shoots have no favorite any more.']);
	});

	test('nobody at all: empty', async () => {
		const its = await job({ members: 0 });
		expect(await its.run()).toEqual({ ...nothing, reason: NOBODY_CHOSE });
	});

	test('every file failed: empty, with all failures, and nothing is packed', async () => {
		const its = await job();
		its.standIn.faults.add({ kind: 'status', status: 410 });
		const outcome = await its.run();
		expect(outcome).toMatchObject({ kind: 'empty', membersTotal: 3 });
		expect(its.failures()).toHaveLength(6);
		expect('failures' in outcome && outcome.failures).toEqual(its.failures());
		expect(its.progress().some(({ phase }) => phase === 'packing')).toBe(false);
		expect(its.progress().at(-1)).toMatchObject({ filesDone: 6, filesTotal: 6, membersDone: 3 });
	});
});

test('whatever the lists hold, the job ends with an outcome', async () => {
	const path = fc.constantFrom(/team$/, /models$/, /favorites$/);
	const key = fc.constantFrom(
		'id',
		'modelId',
		'email',
		'title',
		'name',
		'urls',
		'profilePicture',
		'expiresAt',
	);
	const change = fc.record({
		api: path,
		key,
		value: fc.oneof(
			fc.constantFrom('..', 'CON', '\ud800', 'x'.repeat(5000), '1970-01-01T00:00:00Z', 'javascript:x', ''),
			fc.jsonValue({ maxDepth: 2 }),
		),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
			const its = await job({ members: 2 });
			for (const { api, key, value } of changes) {
				its.standIn.faults.add({
					kind: 'replace-json',
					api,
					edit: (answer: Record<string, Record<string, unknown>[]>) => {
						const item = (answer.members ?? answer.models ?? answer.photos)?.[0];
						if (item) Object.defineProperty(item, key, { value, enumerable: true, writable: true });
					},
				});
			}
			const outcome = await its.run();
			if (outcome.kind === 'failed') expect(outcome.reason).toMatch(/^The backend.*\.$/);
			else expect(['saved', 'empty']).toContain(outcome.kind);
			if (outcome.kind === 'saved') expect((await unzip(outcome.blob)).size).toBe(outcome.entries);
		}),
		{ numRuns: 30 },
	);
});

describe('given options', () => {
	test('an index and a README stand in the root, and tell what failed', async () => {
		const options = { ...plainOptions, layout: 'flat-headshot' as const, index: true, readme: true };
		const its = await job({}, { form: options });
		const [, lost] = its.standIn.company.shoots;
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: lost!.id, file: 'headshot' });
		const files = await unzip((await saved(its.run())).blob);
		const mails = its.standIn.company.shoots
			.filter(({ id }) => id !== lost!.id)
			.map(({ email }) => `${email}.jpg`);
		expect([...files.keys()].sort()).toEqual([...mails, 'README.txt', 'index.csv'].sort());
		const index = new TextDecoder().decode(files.get('index.csv'));
		expect(index.split('\r\n').filter(Boolean)).toHaveLength(4);
		expect(index.match(/,"Saved",""/g)).toHaveLength(2);
		expect(index).toMatch(/"Failed","The photo host has no such photo \(status 404\)\."/);
		const readme = new TextDecoder().decode(files.get('README.txt'));
		expect(readme).toContain('Headshots of Northlight Labs');
		expect(readme).toContain('2 photos; 2 of 3 members complete.');
	});

	test('the plain ones add nothing', async () => {
		const files = await unzip((await saved((await job()).run())).blob);
		expect([...files.keys()].every((path) => path.includes('/'))).toBe(true);
	});
});

describe('given less room than the photos are expected to take', () => {
	const room = async () => 4_000_000;

	test('nothing is begun: it says what is missing, and parts that fit', async () => {
		const { run, photosAsked } = await job({}, { room });
		const outcome = await run();
		expect(outcome).toMatchObject({ kind: 'no-room', needed: 9_000_000, free: 4_000_000 });
		expect(outcome.kind === 'no-room' && outcome.parts.map((part) => part.length)).toEqual([2, 2, 2]);
		expect(photosAsked()).toEqual([]);
	});

	test('who knows that gets all of it, and who goes on is not asked again', async () => {
		const insisting = await job({}, { room, whateverRoom: true });
		expect((await saved(insisting.run())).entries).toBe(6);
		const continuing = await job({}, { room, continues: true });
		expect((await saved(continuing.run())).entries).toBe(6);
	});
});

test('what the making of a file has to say is a note with whose it is; a second try says nothing again', async () => {
	const its = await job(
		{ members: 1 },
		{
			makeFile: async (photo, make, signal) => ({
				...(await makeFile(photo, make, signal)),
				note: photo.format === 'jpeg' ? 'is smaller than asked for' : null,
			}),
		},
	);
	await saved(its.run());
	const name = its.standIn.company.members[0]!.name!;
	expect(its.notes()).toEqual([`${name}: headshot.jpg is smaller than asked for.`]);

	const edit: StandInOptions['edit'] = ({ shoots }) => {
		shoots[0]!.favoriteId = null;
	};
	const whole = await job({ edit });
	await saved(whole.run());
	expect(whole.notes()).toHaveLength(1);
	const { id: shootId, favoriteId } = whole.standIn.company.shoots[1]!;
	const key = { shootId, photoId: favoriteId!, picture: null, file: 'pfp.jpg' as const };
	const again = await job({}, { backend: whole.backend, files: [key] });
	await saved(again.run());
	expect(again.notes()).toEqual([]);
});

test('what had failed and is gone by the next try has failed once more, with whose it was', async () => {
	const its = await job();
	const [gone, open] = its.standIn.company.shoots;
	for (const { id: shootId } of [gone!, open!])
		its.standIn.faults.add({ kind: 'status', status: 410, shootId });
	const { failures } = await saved(its.run());
	expect(failures).toHaveLength(4);
	its.standIn.faults.clear();
	its.standIn.company.retry(gone!.id);
	const again = await job({}, { backend: its.backend, files: failures });
	const outcome = await saved(again.run());
	expect(outcome).toMatchObject({ entries: 2, membersSaved: 1, membersTotal: 2 });
	const theirs = failures.filter(({ shootId }) => shootId === gone!.id);
	const reason = 'The photo shoot was reset or deleted meanwhile, or its favorite was taken back.';
	expect(outcome.failures).toEqual(theirs.map((failure) => ({ ...failure, reason })));
	expect(again.failures()).toEqual(outcome.failures);
	expect(again.progress().at(-1)).toMatchObject({ membersDone: 2, membersTotal: 2 });
	const last = await job({}, { backend: its.backend, files: theirs });
	expect(await last.run()).toMatchObject({
		kind: 'empty',
		reason: null,
		failures: [{}, {}],
		membersTotal: 1,
	});
});
