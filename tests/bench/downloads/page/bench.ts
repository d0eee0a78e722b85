import * as Comlink from 'comlink';
import type { DownloadApi, JobEvent, JobPhase, JobRequest } from '$lib/download/contract';
import { startWorker } from '$lib/download/job/start-worker';
import { plainOptions } from '$lib/download/options/options';
import { readConfig } from '$lib/session/config';
import { spawn } from '$lib/worker/spawn';
import type { Contender } from '../settings';
import { look, type Found } from './check';
import type { ContenderApi, Peer } from './contender.worker';
import type { Wanted } from './fetch-all';
import { removeFiles, writtenFile } from './sink';

/** How long each phase of the product's job took, in ms. */
export type Phases = Partial<Record<JobPhase, number>>;

/** In ms. */
export interface Timing {
	ms: number;
	phases?: Phases;
}

/** What the bench calls in this page. One run in the life of a tab. */
export interface BenchPage {
	/** Starts the worker, and loads what it needs. */
	prepare(contender: Exclude<Contender, 'press'>): Promise<void>;
	/** From the first request to the finished archive. */
	run(backend: { photoOrigin: string; members: number }): Promise<Timing>;
	/** What came of it; of the floor, which makes no archive, the size of its file. */
	check(): Promise<Found>;
	/** Ends the worker, and deletes every file. */
	tidy(): Promise<void>;
}

/** Makes the archive. @returns how to get it */
type Job = (backend: { photoOrigin: string; members: number }) => Promise<() => Promise<Blob>>;

let job: Job;
let archive: () => Promise<Blob>;
let isZip = true;
let end = () => {};
/** When each phase of the product's job began. */
const course: { phase: JobPhase; at: number }[] = [];

const bench: BenchPage = {
	async prepare(contender) {
		isZip = contender !== 'floor';
		job = contender === 'product' ? await prepareProduct() : await preparePeer(contender);
	},
	async run(backend) {
		const started = performance.now();
		archive = await job(backend);
		const ms = performance.now() - started;
		return course.length > 0 ? { ms, phases: phasesOf(started + ms) } : { ms };
	},
	async check() {
		const blob = await archive();
		return isZip ? look(blob) : { entries: 0, bytes: blob.size, size: blob.size };
	},
	async tidy() {
		end();
		archive = () => Promise.reject(new Error('It is gone.'));
		await removeFiles();
	},
};
Object.assign(globalThis, { bench });

async function preparePeer(peer: Peer): Promise<Job> {
	const worker = new Worker(new URL('./contender.worker.ts', import.meta.url), { type: 'module' });
	end = () => worker.terminate();
	const api = Comlink.wrap<ContenderApi>(worker);
	await api.load(peer);
	return async ({ photoOrigin, members }) => {
		const blob = await api.run(wanted(photoOrigin, members));
		return blob ? async () => blob : writtenFile;
	};
}

/** The real job in the real worker, with the page's own settings. */
async function prepareProduct(): Promise<Job> {
	const worker = await spawn<DownloadApi>(startWorker, () => Promise.reject(new Error('No worker.')));
	end = worker.end;
	const { apiBase, limits } = readConfig('', location.origin);
	const { organization } = await (await fetch(`${apiBase}/organization`)).json();
	const request: JobRequest = {
		id: 'bench',
		organizationUid: organization.uid,
		series: null,
		continues: false,
		teamId: null,
		shootIds: null,
		files: null,
		whateverRoom: true,
		options: plainOptions,
		organization: null,
		filename: 'bench.zip',
	};
	const settings = { apiBase, origin: location.origin, limits };
	return async () => {
		const outcome = await worker.api.run(request, settings, Comlink.proxy(follow), null, null);
		if (outcome.kind !== 'saved')
			throw new Error('reason' in outcome ? (outcome.reason ?? outcome.kind) : outcome.kind);
		if (outcome.failures.length > 0) throw new Error(`${outcome.failures.length} files failed.`);
		return async () => outcome.blob;
	};
}

function follow(event: JobEvent): void {
	if (event.type !== 'progress' || event.progress.phase === course.at(-1)?.phase) return;
	course.push({ phase: event.progress.phase, at: performance.now() });
}

function phasesOf(ended: number): Phases {
	return Object.fromEntries(
		course.map(({ phase, at }, n) => [phase, (course[n + 1]?.at ?? ended) - at] as const),
	);
}

function wanted(photoOrigin: string, members: number): Wanted[] {
	return Array.from({ length: members }, (_, n) =>
		['headshot.jpg', 'pfp.jpg'].map((file) => ({
			url: `${photoOrigin}/${n}/${file}`,
			path: `member-${n}@example.com - Title of a member/${file}`,
		})),
	).flat();
}
