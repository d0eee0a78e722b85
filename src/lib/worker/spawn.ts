import * as Comlink from 'comlink';
import { NotLoadedError } from './errors';
import { isForbidden, neededPolicy } from './open';
import { serve } from './serve';

export { openWorker } from './open';

/** What every worker of ours offers besides its own. */
export interface WorkerApi {
	/** Answers, so that the page knows that the worker lives. */
	ping(): true;
	/** Stops whatever it does. */
	cancel(): void;
}

/** A running worker, or its stand-in on the main thread. */
export interface Spawned<T> {
	api: Comlink.Remote<T>;
	/** Makes a function that the worker may call. */
	proxy<F extends object>(callback: F): F & Comlink.ProxyMarked;
	/** Rejects when the worker has died or no longer answers; never resolves. */
	lost: Promise<never>;
	/** Ends it at once: its requests, its memory, its proxies. */
	end(): void;
}

export interface SpawnLimits {
	/** How long a worker may take to start, in ms. */
	startMs: number;
	/** No answer for so long is a dead worker, in ms. Time that the machine slept doesn't count. */
	answerMs: number;
}

const defaultSpawnLimits: SpawnLimits = { startMs: 10_000, answerMs: 8_000 };

/**
 * Starts a feature's worker. Where none may run (a CSP without `worker-src`), the same API runs on the main thread:
 * slower, but it works.
 *
 * @param start makes the worker
 * @param fallback loads the API itself
 * @throws NotLoadedError
 */
export async function spawn<T extends WorkerApi>(
	start: () => Worker,
	fallback: () => Promise<T>,
	limits: SpawnLimits = defaultSpawnLimits,
): Promise<Spawned<T>> {
	const worker = isForbidden() ? null : tryToStart(start);
	if (worker) {
		const api = Comlink.wrap<T>(worker);
		const died = new Promise<never>((_, reject) => {
			worker.addEventListener('error', (event) => {
				// Handled here: the person gets a sentence, not the console a riddle.
				event.preventDefault();
				reject(new Error('The worker failed' + (event.message ? `: ${event.message}` : '.')));
			});
		});
		died.catch(() => {});
		const end = () => {
			api[Comlink.releaseProxy]();
			worker.terminate();
		};
		try {
			await inTime(Promise.race([ping(api), died]), limits.startMs);
			const heart = heartbeat(api, limits.answerMs);
			const lost = Promise.race([died, heart.stopped]);
			lost.catch(() => {});
			return {
				api,
				proxy: Comlink.proxy,
				lost,
				end() {
					heart.stop();
					end();
				},
			};
		} catch {
			end();
		}
	}
	const api = await fallback().catch((cause: unknown) => {
		throw new NotLoadedError({ cause });
	});
	tellOnce();
	return onMainThread(api);
}

let isTold = false;

/** Whoever hosts the page can mend it; told for every job, nobody would read it. */
function tellOnce(): void {
	if (isTold) return;
	isTold = true;
	console.warn(
		`headshot-admin: no worker could be started; working on the main thread, which is slower. If the Content-Security-Policy forbids it, allow: ${neededPolicy()}`,
	);
}

function tryToStart(start: () => Worker): Worker | null {
	try {
		return start();
	} catch {
		return null;
	}
}

function onMainThread<T extends WorkerApi>(api: T): Spawned<T> {
	const { port1, port2 } = new MessageChannel();
	serve(api, port1);
	const remote = Comlink.wrap<T>(port2);
	return {
		api: remote,
		proxy: Comlink.proxy,
		lost: new Promise<never>(() => {}),
		end() {
			// There is no thread to end: what it does must be stopped by itself.
			api.cancel();
			remote[Comlink.releaseProxy]();
			port1.close();
			port2.close();
		},
	};
}

function ping(api: Comlink.Remote<WorkerApi>): Promise<unknown> {
	return api.ping() as Promise<unknown>;
}

async function inTime(work: Promise<unknown>, ms: number): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error('The worker did not start.')), ms);
	});
	await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Asks now and then whether the worker still answers: a killed one says nothing of itself. */
function heartbeat(
	api: Comlink.Remote<WorkerApi>,
	answerMs: number,
): { stopped: Promise<never>; stop(): void } {
	const tick = answerMs / 6;
	let silent = 0;
	let asked = false;
	let last = performance.now();
	let timer: ReturnType<typeof setInterval>;
	const stopped = new Promise<never>((_, reject) => {
		timer = setInterval(() => {
			const now = performance.now();
			// A tick that took far too long was the page's own sleep.
			silent += asked ? Math.min(now - last, 1.5 * tick) : 0;
			last = now;
			if (silent >= answerMs) {
				clearInterval(timer);
				reject(new Error('The worker no longer answers.'));
			} else if (!asked) {
				asked = true;
				ping(api).then(
					() => {
						asked = false;
						silent = 0;
					},
					() => {},
				);
			}
		}, tick);
	});
	return { stopped, stop: () => clearInterval(timer) };
}
