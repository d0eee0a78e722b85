import { getEventListeners, setMaxListeners } from 'node:events';
import { onTestFinished, vi } from 'vitest';
import { Backend, type BackendOptions } from '$lib/backend/client';
import type { NetLimits } from '$lib/net/limits';
import { mount, type Mounted } from '../../backend/mount.ts';
import { startStandIn, type LogEntry, type StandIn, type StandInOptions } from '../../backend/stand-in.ts';

/** In ms; longer than any wait, since these are real requests, perhaps on a busy machine. */
const patience = Number(process.env.PATIENCE ?? 30_000);
vi.setConfig({ testTimeout: 2 * patience });

/** Impatient, so that a test with faults takes moments. */
export const quickLimits: NetLimits = {
	tries: 4,
	pauses: 12,
	backoffMs: 1,
	backoffCapMs: 4,
	pauseCapMs: 10_000,
	stallMs: 10_000,
	probeMs: 5,
};

/** A signal that is never aborted. */
export const never = new AbortController().signal;
setMaxListeners(0, never);

export interface Running {
	standIn: StandIn;
	page: Mounted;
	apiBase: string;
	/** A client of the stand-in, disposed after the test. */
	backend: Backend;
	/** Another one. */
	connect(options?: ClientOptions): Backend;
	/** What the API was asked, without probes. */
	asked(path?: RegExp): LogEntry[];
}

export type ClientOptions = Partial<Omit<BackendOptions, 'limits'>> & { limits?: Partial<NetLimits> };

/** A stand-in whose doors are open and its client, both gone after the test. Everybody has a favorite, unless told. */
export async function startBackend(
	options: StandInOptions = {},
	client: ClientOptions = {},
): Promise<Running> {
	const standIn = await startStandIn({
		members: 3,
		plain: true,
		auth: { kind: 'open' },
		rateLimit: { perMinute: 1_000_000 },
		headshotBytes: 1,
		...options,
	});
	const page = await mount(standIn);
	onTestFinished(async () => {
		await page.close();
		await standIn.close();
	});
	const apiBase = `${page.origin}/api/v2`;
	const connect = ({ limits, ...others }: ClientOptions = {}) => {
		const backend = new Backend({ apiBase, limits: { ...quickLimits, ...limits }, ...others });
		onTestFinished(() => backend.dispose());
		return backend;
	};
	return {
		standIn,
		page,
		apiBase,
		backend: connect(client),
		connect,
		asked: (path = /^/) =>
			standIn.log.filter((entry) => entry.host === 'api' && entry.method === 'GET' && path.test(entry.path)),
	};
}

/** Sends the cookie wherever a browser would: fetch in Node keeps none. */
export function likeABrowser(cookie: string): void {
	const real = globalThis.fetch;
	vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
		const request = new Request(input, init);
		if (request.credentials === 'include') request.headers.set('cookie', cookie);
		return real(request);
	});
	onTestFinished(() => void vi.restoreAllMocks());
}

/** How many listen for the signal's abort. */
export function listenersOf(signal: AbortSignal): number {
	return getEventListeners(signal, 'abort').length;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
	try {
		await promise;
	} catch (error) {
		return error;
	}
	throw new Error('It was expected to reject.');
}

/** A promise and what settles it. */
export interface Deferred<T = void> {
	promise: Promise<T>;
	resolve(value: T): void;
	reject(error: unknown): void;
}

export function deferred<T = void>(): Deferred<T> {
	let resolve: (value: T) => void = () => {};
	let reject: (error: unknown) => void = () => {};
	const promise = new Promise<T>((settle, fail) => {
		resolve = settle;
		reject = fail;
	});
	return { promise, resolve, reject };
}

/** Waits until it is so. */
export async function until(condition: () => unknown): Promise<void> {
	await vi.waitUntil(condition, { timeout: patience, interval: 2 });
}

/** Lets everything that is due without time or network happen. */
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
