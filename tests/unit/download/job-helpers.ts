import { setMaxListeners } from 'node:events';
import JSZip from 'jszip';
import sharp from 'sharp';
import type { FileFailure, FileKey, JobEvent, JobOutcome, JobProgress } from '$lib/download/contract';
import { runJob, type JobDeps } from '$lib/download/job/job';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import { Pauser } from '$lib/download/job/pauser';
import { ProgressReporter } from '$lib/download/job/reporter';
import { SignInBarrier } from '$lib/download/job/sign-in';
import { Gate } from '$lib/net/gate';
import { createArchive } from '$lib/zip/open-archive';
import { verifyArchive } from '$lib/zip/receipt';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { startBackend, type ClientOptions } from '../backend/client-helpers.ts';

export type Saved = Extract<JobOutcome, { kind: 'saved' }>;

/** A job in front of a stand-in; `run` is called once. */
export async function job(
	options: StandInOptions = {},
	changed: Partial<JobDeps> & {
		maxBytes?: number;
		teamId?: string;
		shootIds?: string[];
		organizationUid?: string;
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
		shootIds = null,
		organizationUid = null,
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
		organizationUid,
		continues,
		whateverRoom,
		series: null,
		teamId,
		shootIds,
		files,
		options: form,
		organization: 'Northlight Labs',
		filename,
	};
	return {
		...running,
		...all,
		/** The organization's. */
		uid: standIn.company.organization.uid,
		archive,
		controller,
		/** What the barrier asked of the admin: true to sign in, false once that is over. */
		asked,
		events,
		onevent: (heard: (event: JobEvent) => void) => void (hear = heard),
		progress: () =>
			events.flatMap(({ event }): JobProgress[] => (event.type === 'progress' ? [event.progress] : [])),
		failures: () =>
			events.flatMap(({ event }): FileFailure[] => (event.type === 'progress' ? event.failures : [])),
		notes: () => events.flatMap(({ event }): string[] => (event.type === 'progress' ? event.notes : [])),
		photosAsked: () => standIn.log.filter(({ host }) => host === 'photo'),
		run: (signal = controller.signal) => runJob(request, all, signal),
	};
}

/** What the worker does with a canvas. */
export const makeFile: JobDeps['makeFile'] = async ({ bytes, format }, make) => {
	if (make === 'jpeg' && format === 'jpeg') return { bytes, note: null };
	const image = make === 'crop' ? sharp(bytes).resize(256, 256, { position: 'top' }) : sharp(bytes);
	return { bytes: new Uint8Array(await image.flatten({ background: '#fff' }).jpeg().toBuffer()), note: null };
};

export async function saved(outcome: Promise<JobOutcome>): Promise<Saved> {
	const reached = await outcome;
	if (reached.kind !== 'saved') throw new Error(`${reached.kind}: ${JSON.stringify(reached)}`);
	return reached;
}

export async function unzip(blob: Blob): Promise<Map<string, Buffer>> {
	const zip = await JSZip.loadAsync(await blob.arrayBuffer());
	const files = Object.values(zip.files).filter((file) => !file.dir);
	return new Map(
		await Promise.all(files.map(async (file) => [file.name, await file.async('nodebuffer')] as const)),
	);
}
