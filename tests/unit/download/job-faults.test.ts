import { describe, expect, test } from 'vitest';
import type { FileFailure } from '$lib/download/contract';
import { PhotoError } from '$lib/photos/errors';
import { ReceiptError } from '$lib/zip/errors';
import type { Fault } from '../../backend/stand-in.ts';
import { until } from '../backend/client-helpers.ts';
import { job, makeFile, saved, unzip } from './job-helpers.ts';

describe('a file that cannot be had', () => {
	test('is reported once, with member, file and reason; the rest is saved', async () => {
		const its = await job();
		const lost = its.standIn.company.shoots[1]!;
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: lost.id, file: 'headshot' });
		const outcome = await saved(its.run());
		const failure: FileFailure = {
			shootId: lost.id,
			photoId: lost.favoriteId!,
			picture: expect.any(String) as string,
			member: its.standIn.company.members[1]?.name ?? '',
			email: lost.email,
			file: 'headshot.jpg',
			reason: 'The photo host has no such photo (status 404).',
		};
		expect(outcome.failures).toEqual([failure]);
		expect(its.failures()).toEqual([failure]);
		expect(outcome).toMatchObject({ entries: 5, membersSaved: 2, membersTotal: 3 });
		expect([...(await unzip(outcome.blob)).keys()].filter((path) => path.includes(lost.email!))).toEqual([
			expect.stringMatching(/\/pfp\.jpg$/),
		]);
	});

	test('its member is not delivered, until a second job has fetched just what failed', async () => {
		const its = await job();
		const [first, lost, last] = its.standIn.company.shoots;
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: lost!.id, file: 'pfp' });
		const outcome = await saved(its.run());
		expect(outcome.delivered.map(({ shootId }) => shootId).sort()).toEqual([first!.id, last!.id].sort());

		its.standIn.faults.clear();
		const asked = its.photosAsked().length;
		const again = await job({}, { backend: its.backend, files: outcome.failures });
		const rest = await saved(again.run());
		expect(rest).toMatchObject({ entries: 1, membersSaved: 1, membersTotal: 1 });
		expect(rest.delivered).toMatchObject([{ shootId: lost!.id, photoId: lost!.favoriteId }]);
		expect(rest.delivered[0]?.picture).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*pfp[^?]*$/);
		const [path] = [...(await unzip(rest.blob)).keys()];
		expect([...(await unzip(outcome.blob)).keys()]).toContain(path!.replace('pfp.jpg', 'headshot.jpg'));
		expect(its.photosAsked()).toHaveLength(asked + 1);
	});

	test('of a favorite that is another by then, all of it comes: nobody gets the pictures of two', async () => {
		const its = await job();
		const lost = its.standIn.company.shoots[1]!;
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: lost.id, file: 'pfp' });
		const { failures } = await saved(its.run());
		const [, another] = its.standIn.company.photosOf(lost.id).filter(({ id }) => id !== lost.favoriteId);
		its.standIn.company.choose(lost.id, its.standIn.company.photosOf(lost.id).indexOf(another!));
		its.standIn.faults.clear();

		const rest = await saved((await job({}, { backend: its.backend, files: failures })).run());
		expect(rest).toMatchObject({ entries: 2, membersSaved: 1, delivered: [{ photoId: another!.id }] });
	});

	test('takes the crop with it: two files, each reported once', async () => {
		const its = await job({ without: ['profilePicture-field'] });
		its.standIn.faults.add({ kind: 'html', shootId: its.standIn.company.shoots[0]?.id ?? '' });
		const outcome = await saved(its.run());
		expect(outcome.failures.map(({ file }) => file)).toEqual(['headshot.jpg', 'pfp.jpg']);
		expect(its.failures()).toEqual(outcome.failures);
		expect(outcome).toMatchObject({ entries: 4, membersSaved: 2 });
	});

	test('because it cannot be converted, leaves the headshot it came from', async () => {
		const its = await job(
			{ without: ['profilePicture-field'] },
			{
				makeFile: async (photo, make, signal) => {
					if (make === 'crop') throw new PhotoError('The browser can’t decode the photo.');
					return makeFile(photo, make, signal);
				},
			},
		);
		const outcome = await saved(its.run());
		expect(outcome.failures.map(({ file, reason }) => [file, reason])).toEqual(
			Array.from({ length: 3 }, () => ['pfp.jpg', 'The browser can’t decode the photo.']),
		);
		expect(outcome).toMatchObject({ entries: 3, membersSaved: 0, membersTotal: 3 });
	});

	test('because its item could not be read is told with the outcome, since somebody may be missing', async () => {
		const its = await job();
		its.standIn.faults.add({
			kind: 'replace-json',
			api: /favorites$/,
			edit: (answer: { photos: { id: unknown }[] }) => {
				if (answer.photos[0]) answer.photos[0].id = null;
			},
		});
		const outcome = await saved(its.run());
		expect(outcome).toMatchObject({ entries: 4, membersSaved: 2, membersTotal: 2, failures: [] });
		expect(outcome.skipped).toEqual([expect.stringMatching(/^One of the photos could not be read: id: /)]);
	});

	test('because the member changed it meanwhile', async () => {
		const its = await job({ latencyMs: 5 });
		const shoot = its.standIn.company.shoots[0]!;
		its.standIn.faults.add({ kind: 'expired', shootId: shoot.id, file: 'headshot' });
		// The first request of a photo comes after the plan.
		const outcome = its.run();
		await until(() => its.photosAsked().length > 0);
		its.standIn.company.choose(shoot.id, null);
		const { failures } = await saved(outcome);
		expect(failures.find(({ file }) => file === 'headshot.jpg')).toMatchObject({
			shootId: shoot.id,
			reason: 'The member has no favorite any more.',
		});
	});

	test('links that expire are renewed on the way, and nothing fails', async () => {
		const its = await job({ members: 4 });
		its.standIn.faults.add({ kind: 'expired' });
		const outcome = await saved(its.run());
		expect(outcome).toMatchObject({ entries: 8, membersSaved: 4, failures: [] });
		expect(its.photosAsked().filter(({ status }) => status === 403).length).toBe(8);
	});
});

describe('the job as a whole cannot go on', () => {
	test('too much for one archive: a sentence says what to do, and the other photos are given up', async () => {
		const its = await job({ members: 30 }, { maxBytes: 400_000 });
		expect(await its.run()).toEqual({
			kind: 'failed',
			reason: expect.stringMatching(/^These photos are more than fits .* team by team\.$/),
			failures: [],
		});
		expect(its.photosAsked().length).toBeLessThan(30);
		await until(() => its.standIn.inFlight() === 0);
	});

	test('an archive that is not what was put in: the sentence says so, and there is no archive', async () => {
		const its = await job(
			{},
			{ verify: () => Promise.reject(new ReceiptError('A file in the archive is damaged', 'a/pfp.jpg')) },
		);
		expect(await its.run()).toEqual({
			kind: 'failed',
			reason: 'The finished archive failed its check. A file in the archive is damaged (a/pfp.jpg).',
			failures: [],
		});
	});

	test('one byte that changes between writing and reading back is found', async () => {
		const its = await job();
		const finish = its.archive.finish.bind(its.archive);
		its.archive.finish = async (options) => {
			const bytes = new Uint8Array(await (await finish(options)).arrayBuffer());
			bytes[5000]! ^= 1;
			return new Blob([bytes]);
		};
		expect(await its.run()).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/damaged/) });
	});

	test.each<[string, Fault, string]>([
		['no admin', { kind: 'status', status: 403 }, 'Status 403'],
		['nonsense for an answer', { kind: 'html' }, 'The backend answered with something that is not its data.'],
		[
			'a busy backend',
			{ kind: 'status', status: 503, retryAfter: 0 },
			'The backend is busy. Please try again in a few minutes.',
		],
	])('%s: it ends with the sentence', async (_, fault, reason) => {
		const its = await job();
		its.standIn.faults.add({ ...fault, api: /models$/ });
		expect(await its.run()).toEqual({ kind: 'failed', reason, failures: [] });
		expect(its.photosAsked()).toEqual([]);
	});

	test('a file that the browser can no longer read: a sentence for the person, with the name that an engineer asks for', async () => {
		const words = 'The requested file could not be read, typically due to permission problems.';
		const failed = new DOMException(words, 'NotReadableError');
		const its = await job({}, { openArchive: () => Promise.reject(failed) });
		expect(await its.run()).toEqual({
			kind: 'failed',
			reason:
				'The browser’s own file for this download failed (NotReadableError). Please try again. If it fails again, restart the browser.',
			failures: [],
		});
	});

	test('an error of a kind that nobody expected: it ends with what that says, and is no file’s failure', async () => {
		const its = await job({}, { makeFile: () => Promise.reject(new RangeError('Out of memory.')) });
		expect(await its.run()).toEqual({ kind: 'failed', reason: 'Out of memory.', failures: [] });
		expect(its.failures()).toEqual([]);
		await until(() => its.standIn.inFlight() === 0);
	});
});

describe('given an admin who is signed out', () => {
	test('in the middle: all lanes wait behind one question, what was fetched is kept, and nothing fails', async () => {
		const its = await job({ members: 8 });
		const renew = /photos\/favorite$/;
		its.standIn.faults.add({ kind: 'expired' }, { kind: 'status', status: 401, api: renew });
		const outcome = its.run();
		// Each of the six lanes has asked for a fresh link, and been refused.
		await until(() => its.standIn.log.filter(({ status }) => status === 401).length === 6);
		await until(() => its.progress().at(-1)?.waiting?.for === 'sign-in');
		expect(its.asked).toEqual([true]);
		its.standIn.faults.clear();
		its.signIn.open();
		expect(await saved(outcome)).toMatchObject({ entries: 16, membersSaved: 8, failures: [] });
		expect(its.asked).toEqual([true, false]);
		const whole = its.photosAsked().filter(({ status }) => status === 200);
		expect(new Set(whole.map(({ path }) => path)).size).toBe(whole.length);
	});

	test('at the start: it waits before anything is listed, and goes on', async () => {
		const its = await job();
		its.standIn.signOut();
		const outcome = its.run();
		await until(() => its.asked.length === 1);
		its.standIn.signIn();
		its.signIn.open();
		expect(await saved(outcome)).toMatchObject({ membersSaved: 3 });
	});
});

describe('when another organization is signed in', () => {
	const reason =
		'Another organization is signed in now, so nothing of it was fetched. Reload the page to see its members.';

	test('from the start: nothing is fetched, and the sentence says why', async () => {
		const its = await job({}, { organizationUid: 'acme' });
		expect(await its.run()).toEqual({ kind: 'failed', reason, failures: [] });
		expect(its.photosAsked()).toEqual([]);
	});

	test('instead of the one that was signed out: the same', async () => {
		const its = await job({ seed: 1 }, { organizationUid: (await job({ seed: 1 })).uid });
		its.standIn.signOut();
		const outcome = its.run();
		await until(() => its.asked.length === 1);
		its.standIn.company.organization.uid = 'another';
		its.standIn.signIn();
		its.signIn.open();
		expect(await outcome).toEqual({ kind: 'failed', reason, failures: [] });
		expect(its.photosAsked()).toEqual([]);
	});

	test('in the middle: it ends and says so, instead of blaming each photo', async () => {
		const its = await job({ members: 8, seed: 1 }, { organizationUid: (await job({ seed: 1 })).uid });
		const renew = /photos\/favorite$/;
		its.standIn.faults.add({ kind: 'expired' }, { kind: 'status', status: 401, api: renew });
		const outcome = its.run();
		await until(() => its.standIn.log.filter(({ status }) => status === 401).length === 6);
		await until(() => its.asked.length === 1);
		its.standIn.company.organization.uid = 'another';
		its.standIn.faults.clear();
		its.standIn.faults.add({ kind: 'status', status: 404, api: renew });
		its.signIn.open();
		expect(await outcome).toEqual({ kind: 'failed', reason, failures: [] });
	});

	test('in the middle, as far as anybody can say: while the backend can’t, the download goes on', async () => {
		const its = await job({ seed: 1 }, { organizationUid: (await job({ seed: 1 })).uid });
		its.standIn.faults.add({ kind: 'expired' }, { kind: 'status', status: 401, api: /photos\/favorite$/ });
		const outcome = its.run();
		await until(() => its.asked.length === 1);
		its.standIn.faults.clear();
		its.standIn.faults.add({ kind: 'status', status: 404, api: /\/organization$/ });
		its.signIn.open();
		expect(await saved(outcome)).toMatchObject({ membersSaved: 3, failures: [] });
		expect(its.standIn.log.some(({ status }) => status === 404)).toBe(true);
	});

	test('and it is the one that was asked for: all is as ever', async () => {
		const its = await job({ seed: 1 }, { organizationUid: (await job({ seed: 1 })).uid });
		expect(await saved(its.run())).toMatchObject({ membersSaved: 3, failures: [] });
	});
});
