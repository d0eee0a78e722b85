import type { Connection } from './connection';
import { BusyError, TransientError } from './errors';
import type { Gate } from './gate';
import type { NetLimits } from './limits';
import { backoff } from './retry-after';
import { sleep } from './wait';

/** What a request to one host needs to be repeated sensibly. */
export interface RetryContext {
	gate: Gate;
	connection: Connection;
	limits: NetLimits;
}

/**
 * Calls `once` until it succeeds, or fails for good.
 *
 * - `BusyError` closes the host's gate for everybody, and is no failed try.
 * - `TransientError` is tried again after a backoff, `limits.tries` times in all; while the network is down it waits,
 *   and that is no failed try either.
 * - Any other error is final at once.
 *
 * @param once gets the number of the call, from 1
 * @throws the last error of `once`, or the signal's reason
 */
export async function retrying<T>(
	context: RetryContext,
	signal: AbortSignal,
	once: (nth: number) => Promise<T>,
): Promise<T> {
	const { gate, connection, limits } = context;
	let failed = 0;
	let paused = 0;
	for (let nth = 1; ; nth++) {
		await gate.pass(signal);
		try {
			return await once(nth);
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof BusyError) {
				if (++paused > limits.pauses) throw error;
				// Never less than a backoff: "in 0 s", or a time that this machine's clock calls past, must not spin.
				const least = backoff(paused, limits.backoffMs, limits.backoffCapMs);
				gate.pause(Math.min(Math.max(error.waitMs ?? 0, least), limits.pauseCapMs));
			} else if (error instanceof TransientError) {
				if (error.unreachable && (await connection.ridOut(signal))) continue;
				if (++failed >= limits.tries) throw error;
				await sleep(backoff(failed, limits.backoffMs, limits.backoffCapMs), signal);
			} else {
				throw error;
			}
		}
	}
}
