import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import JSZip from 'jszip';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import type { FileFailure, FileKey, JobEvent, JobOutcome, JobProgress } from '$lib/download/contract';
import { runJob, type JobDeps } from '$lib/download/job/job';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import { Pauser } from '$lib/download/job/pauser';
import { ProgressReporter } from '$lib/download/job/reporter';
import { SignInBarrier } from '$lib/download/job/sign-in';
import { Gate } from '$lib/net/gate';
import { PhotoError } from '$lib/photos/errors';
import { createArchive } from '$lib/zip/archive';
import { ReceiptError } from '$lib/zip/errors';
import { verifyArchive } from '$lib/zip/receipt';
import type { Fault, StandInOptions } from '../../backend/stand-in.ts';
import { listenersOf, settled, startBackend, type ClientOptions, until } from '../backend/client-helpers.ts';

// Pictures are drawn when they are first asked for.
vi.setConfig({ testTimeout: 60_000 });

type Saved = Extract<JobOutcome, { kind: 'saved' }>;

/** A job in front of a stand-in; `run` is called once. */
async function job(
	options: StandInOptions = {},
	changed: Partial<JobDeps> & {
		maxBytes?: number;
		teamId?: string;
		files?: FileKey[];
		form?: DownloadOptions;
		continues?: boolean;
		whateverRoom?: boolean;
		client?: ClientOptions;
	} = {},
) {
	const {
		maxBytes = 1e9,
		teamId = null,
		files = null,
		form = plainOptions,
		client = {},
		continues = false,
		whateverRoom = false,
		...deps
	} = changed;
	const events: { at: number; event: JobEvent }[] = [];
	let hear = (_event: JobEvent) => {};
	const reporter = new ProgressReporter((event) => {
		events.push({ at: performance.now(), event });
		hear(event);
	});
	const asked: boolean[] = [];
	const signIn = new SignInBarrier((waiting) => {
		asked.push(waiting);
		reporter.wait('sign-in', waiting ? { for: 'sign-in' } : null);
	});
	const onwait = (who: string) => (until: number | null) =>
		reporter.wait(who, until === null ? null : { for: 'server', until });
	const running = await startBackend(options, {
		onpause: onwait('backend'),
		ondown: (down) => reporter.wait('network', down ? { for: 'network' } : null),
		...client,
	});
	const { backend, standIn, page } = running;
	const limits = { tries: 4, pauses: 12, backoffMs: 1, backoffCapMs: 4, pauseCapMs: 10_000 };
	const photos = {
		gate: new Gate(onwait('photo host')),
		connection: backend.connection,
		limits: { ...limits, stallMs: 10_000, probeMs: 5, ...client.limits },
		origin: page.origin,
	};
	const archive = createArchive({ modified: new Date(), maxBytes });
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	const all: JobDeps = {
		backend,
		photos,
		concurrency: 6,
		signIn,
		pauser: new Pauser((held) => reporter.wait('you', held ? { for: 'you' } : null)),
		makeFile,
		canSpool: false,
		inPlace: false,
		room: async () => null,
		openArchive: async () => archive,
		verify: (blob, writer, ...rest) => verifyArchive(blob, writer.entries, ...rest),
		settle: async () => {},
		now: () => Date.UTC(2026, 10, 24, 12),
		reporter,
		...deps,
	};
	const filename = 'team-photos-2026-11-24.zip';
	const request = {
		id: 'job-1',
		organizationUid: null,
		continues,
		whateverRoom,
		teamId,
		shootIds: null,
		files,
		options: form,
		organization: 'Northlight Labs',
		filename,
	};
	return {
		...running,
		...all,
		archive,
		controller,
		/** What the barrier asked of the admin: true to sign in, false once that is over. */
		asked,
		events,
		onevent: (heard: (event: JobEvent) => void) => void (hear = heard),
		progress: () =>
			events.flatMap(({ event }): JobProgress[] => (event.type === 'progress' ? [event.progress] : [])),
		failures: () =>
			events.flatMap(({ event }): FileFailure[] => (event.type === 'failure' ? [event.failure] : [])),
		notes: () => events.flatMap(({ event }): string[] => (event.type === 'note' ? [event.note] : [])),
		photosAsked: () => standIn.log.filter(({ host }) => host === 'photo'),
		run: (signal = controller.signal) => runJob(request, all, signal),
	};
}

/** What the worker does with a canvas. */
const makeFile: JobDeps['makeFile'] = async ({ bytes, format }, make) => {
	if (make === 'jpeg' && format === 'jpeg') return { bytes, note: null };
	const image = make === 'crop' ? sharp(bytes).resize(256, 256, { position: 'top' }) : sharp(bytes);
	return { bytes: new Uint8Array(await image.flatten({ background: '#fff' }).jpeg().toBuffer()), note: null };
};

async function saved(outcome: Promise<JobOutcome>): Promise<Saved> {
	const reached = await outcome;
	if (reached.kind !== 'saved') throw new Error(`${reached.kind}: ${JSON.stringify(reached)}`);
	return reached;
}

async function unzip(blob: Blob): Promise<Map<string, Buffer>> {
	const zip = await JSZip.loadAsync(await blob.arrayBuffer());
	const files = Object.values(zip.files).filter((file) => !file.dir);
	return new Map(
		await Promise.all(files.map(async (file) => [file.name, await file.async('nodebuffer')] as const)),
	);
}

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
		]);
		expect(its.failures()).toEqual([]);
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

describe('a file that cannot be had', () => {
	test('is reported once, with member, file and reason; the rest is saved', async () => {
		const its = await job();
		const lost = its.standIn.company.shoots[1]!;
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: lost.id, file: 'headshot' });
		const outcome = await saved(its.run());
		const failure: FileFailure = {
			shootId: lost.id,
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

		const again = await job({}, { files: [{ shootId: lost!.id, file: 'pfp.jpg' }] });
		const rest = await saved(again.run());
		expect(rest).toMatchObject({ entries: 1, membersSaved: 1, membersTotal: 1 });
		expect(rest.delivered).toMatchObject([{ shootId: lost!.id, photoId: lost!.favoriteId }]);
		expect(rest.delivered[0]?.picture).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*pfp[^?]*$/);
		const [path] = [...(await unzip(rest.blob)).keys()];
		expect([...(await unzip(outcome.blob)).keys()]).toContain(path!.replace('pfp.jpg', 'headshot.jpg'));
		expect(again.photosAsked()).toHaveLength(1);
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

describe('nothing to save', () => {
	test('no favorites: empty, and no photo is asked for', async () => {
		const edit: StandInOptions['edit'] = ({ shoots }) => {
			for (const shoot of shoots) shoot.favoriteId = null;
		};
		const its = await job({ edit });
		expect(await its.run()).toEqual({ kind: 'empty', membersTotal: 0, failures: [], skipped: [] });
		expect([its.photosAsked(), its.notes()]).toEqual([
			[],
			['3 finished members have chosen no favorite yet.'],
		]);
	});

	test('nobody at all: empty', async () => {
		const its = await job({ members: 0 });
		expect(await its.run()).toEqual({ kind: 'empty', membersTotal: 0, failures: [], skipped: [] });
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

	test('an error of a kind that nobody expected: it ends with what that says, and is no file’s failure', async () => {
		const its = await job({}, { makeFile: () => Promise.reject(new RangeError('Out of memory.')) });
		expect(await its.run()).toEqual({ kind: 'failed', reason: 'Out of memory.', failures: [] });
		expect(its.failures()).toEqual([]);
		await until(() => its.standIn.inFlight() === 0);
	});
});

describe('the progress', () => {
	test('only ever grows, from phase to phase, and ends with everything done', async () => {
		const its = await job({ members: 12, latencyMs: 20, bytesPerSecond: 400_000 });
		its.standIn.faults.add({ kind: 'status', status: 404, shootId: its.standIn.company.shoots[3]?.id ?? '' });
		const outcome = await saved(its.run());
		const told = its.progress();
		expect(told.length).toBeGreaterThan(5);
		const phases = ['listing', 'fetching', 'packing', 'checking'];
		for (const [n, now] of told.entries()) {
			const before = told[n - 1];
			if (!before) continue;
			expect(phases.indexOf(now.phase)).toBeGreaterThanOrEqual(phases.indexOf(before.phase));
			expect(now.filesDone).toBeGreaterThanOrEqual(before.filesDone);
			expect(now.membersDone).toBeGreaterThanOrEqual(before.membersDone);
			expect(now.bytes).toBeGreaterThanOrEqual(before.bytes);
			if (now.phase === before.phase) expect(now.share).toBeGreaterThanOrEqual(before.share);
			if (before.phase !== 'listing') expect(now.filesTotal).toBe(before.filesTotal);
		}
		expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(phases));
		const fetched = its.photosAsked().filter(({ status }) => status === 200);
		expect(told.at(-1)).toEqual({
			phase: 'checking',
			membersDone: 12,
			membersTotal: outcome.membersTotal,
			filesDone: 24,
			filesTotal: 24,
			bytes: fetched.reduce((sum, { bytes }) => sum + bytes, 0),
			share: 1,
			waiting: null,
		});
	});

	test('is told ten times a second at most, but for the beginning of a phase', async () => {
		const its = await job({ members: 12, bytesPerSecond: 300_000 });
		// Six lanes that begin and end to wait all the time.
		its.standIn.faults.add({ kind: 'status', status: 503, tries: 5, each: true });
		await saved(its.run());
		const at = its.events.flatMap((each) => (each.event.type === 'progress' ? [each.at] : []));
		for (const now of at) {
			const second = at.filter((other) => other >= now && other < now + 1000);
			expect(second.length).toBeLessThanOrEqual(10 + 4);
		}
	});

	test('says while the server makes it wait, and that it is over', async () => {
		const its = await job();
		its.standIn.faults.add({ kind: 'status', status: 429, resetAt: new Date(Date.now() + 400), tries: 1 });
		await saved(its.run());
		const waits = its.progress().map(({ waiting }) => waiting?.for);
		expect(waits).toContain('server');
		expect(waits.at(-1)).toBeUndefined();
	});

	test('says while there is no network, fails nothing, and goes on by itself', async () => {
		const its = await job({ members: 6, latencyMs: 20 });
		const outcome = its.run();
		await until(() => its.photosAsked().length > 6);
		await Promise.all([its.standIn.pause('api'), its.standIn.pause('photos')]);
		await until(() => its.progress().at(-1)?.waiting?.for === 'network');
		await Promise.all([its.standIn.resume('api'), its.standIn.resume('photos')]);
		expect(await saved(outcome)).toMatchObject({ entries: 12, membersSaved: 6, failures: [] });
		expect(its.progress().at(-1)?.waiting).toBeNull();
	});
});

describe('given a press of Pause', () => {
	async function paused() {
		let made = 0;
		const its = await job(
			{ members: 30 },
			{
				makeFile: (...given) => {
					if (++made === 3) its.pauser.pause();
					return makeFile(...given);
				},
			},
		);
		const outcome = its.run();
		await until(() => its.progress().at(-1)?.waiting?.for === 'you' && its.standIn.inFlight() === 0);
		return { its, outcome };
	}

	test('no other photo is asked for, and after Resume none is missing and none was fetched twice', async () => {
		const { its, outcome } = await paused();
		const before = its.photosAsked().length;
		await settled();
		expect(its.photosAsked()).toHaveLength(before);
		its.pauser.resume();
		expect(await outcome).toMatchObject({ kind: 'saved', failures: [] });
		const paths = its.photosAsked().map(({ path }) => path);
		expect(new Set(paths).size).toBe(paths.length);
		expect(paths.length).toBeGreaterThan(before);
		expect(its.progress().at(-1)?.waiting).toBeNull();
	});

	test('Cancel ends it', async () => {
		const { its, outcome } = await paused();
		its.controller.abort(new Error('cancelled'));
		expect(await outcome).toEqual({ kind: 'cancelled' });
		expect(listenersOf(its.controller.signal)).toBe(0);
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

describe('given a press of Cancel', () => {
	/** Cancels when the time has come, and checks that everything is quiet and stays so. */
	async function cancelled(its: Awaited<ReturnType<typeof job>>, due: () => boolean): Promise<JobOutcome> {
		const { controller, standIn, events } = its;
		const reason = new DOMException('The download was cancelled.', 'AbortError');
		const cancelWhenDue = () => due() && controller.abort(reason);
		its.onevent(() => controller.signal.aborted || cancelWhenDue());
		const requests = vi.spyOn(globalThis, 'fetch');
		const outcome = its.run();
		let ended = false;
		void outcome.then(() => (ended = true));
		while (!ended && !controller.signal.aborted && !cancelWhenDue()) await settled();
		controller.abort(reason);
		const reached = await outcome;

		const before = [events.length, requests.mock.calls.length];
		expect(listenersOf(controller.signal)).toBe(0);
		// Whoever waited for something may get it now; nothing comes of it.
		standIn.faults.clear();
		its.backend.dispose();
		its.signIn.open();
		its.reporter.flush();
		await until(() => standIn.inFlight() === 0 && standIn.log.every(({ finishedAt }) => finishedAt !== null));
		expect([events.length, requests.mock.calls.length]).toEqual(before);
		requests.mockRestore();
		return reached;
	}

	const phase = (name: string) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.progress().at(-1)?.phase === name;
	const logged = (count: number) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.standIn.log.length >= count;
	const waiting = (kind: string) => (its: Awaited<ReturnType<typeof job>>) => () =>
		its.progress().at(-1)?.waiting?.for === kind;

	type When = (its: Awaited<ReturnType<typeof job>>) => () => boolean;
	test.each<[string, Fault[], When]>([
		['before it begins', [], () => () => true],
		['while the lists stall', [{ kind: 'stall', before: true, api: /./ }], logged(3)],
		['while photos stall', [{ kind: 'stall' }], logged(9)],
		['while photos trickle', [{ kind: 'slow', bytesPerSecond: 2000 }], logged(9)],
		['in a backoff', [{ kind: 'status', status: 500 }], logged(12)],
		['in a pause of the photo host', [{ kind: 'status', status: 503, retryAfter: 60 }], waiting('server')],
		[
			'in a pause of the backend',
			[{ kind: 'status', status: 429, retryAfter: 60, api: /models$/ }],
			waiting('server'),
		],
		[
			'while it waits for a sign-in',
			[{ kind: 'expired' }, { kind: 'status', status: 401, api: /photos\/favorite$/ }],
			waiting('sign-in'),
		],
		['when packing begins', [], phase('packing')],
		['when checking begins', [], phase('checking')],
	])('%s: it is cancelled, nothing is left open, and no event follows', async (_, faults, when) => {
		const its = await job({}, { client: { limits: { pauseCapMs: 60_000 } } });
		its.standIn.faults.add(...faults);
		expect(await cancelled(its, when(its))).toEqual({ kind: 'cancelled' });
	});

	test('while there is no network: the same', async () => {
		const its = await job({ latencyMs: 20 });
		const reached = cancelled(its, waiting('network')(its));
		await until(() => its.photosAsked().length > 0);
		await Promise.all([its.standIn.pause('api'), its.standIn.pause('photos')]);
		expect(await reached).toEqual({ kind: 'cancelled' });
	});

	test('in the very moment when the archive has been checked: nothing is saved', async () => {
		const its = await job(
			{},
			{
				verify: async (blob, writer, ...rest) => {
					const found = await verifyArchive(blob, writer.entries, ...rest);
					its.controller.abort(new Error('cancelled'));
					return found;
				},
			},
		);
		expect(await its.run()).toEqual({ kind: 'cancelled' });
	});

	test('while a photo is converted: nothing more is added', async () => {
		const its = await job(
			{},
			{
				makeFile: async (photo, make, signal) => {
					its.controller.abort(new Error('cancelled'));
					return makeFile(photo, make, signal);
				},
			},
		);
		expect(await its.run()).toEqual({ kind: 'cancelled' });
		expect(its.archive.entries).toEqual([]);
	});

	test('at any moment at all', async () => {
		// The first photos are drawn before it begins, so that moments are moments.
		await (await job({ members: 4 })).run();
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 400 }), async (turns) => {
				const its = await job({ members: 4 });
				let left = turns;
				const reached = await cancelled(its, () => left-- <= 0);
				expect(['cancelled', 'saved']).toContain(reached.kind);
			}),
			{ numRuns: 20 },
		);
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
