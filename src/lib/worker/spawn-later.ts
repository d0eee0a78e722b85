import { NotLoadedError } from './errors';
import type { Spawned, SpawnLimits, WorkerApi } from './spawn';

/**
 * As `spawn`, whose code comes with the first worker: no member has to wait for it.
 *
 * @param address of the worker's script, as the bundler gives it
 * @param fallback loads the API itself
 * @throws NotLoadedError
 */
export async function spawnLater<T extends WorkerApi>(
	address: string,
	fallback: () => Promise<T>,
	limits?: SpawnLimits,
): Promise<Spawned<T>> {
	const { openWorker, spawn } = await import('./spawn').catch((cause: unknown) => {
		throw new NotLoadedError({ cause });
	});
	return spawn<T>(() => openWorker(address), fallback, limits);
}
