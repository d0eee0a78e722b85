import { wantsSignIn } from '$lib/backend/errors';
import { shared } from '$lib/net/wait';

/**
 * Where a job waits while the admin is signed out: one question to the person for all lanes, and what was fetched
 * is kept.
 */
export class SignInBarrier {
	#onwait: (waiting: boolean) => void;
	/** How often the admin has signed in again. */
	#opened = 0;
	#waiting: { promise: Promise<void>; open: () => void } | null = null;
	/** Done after each sign-in, before anybody goes on; what it throws ends all who wait. */
	check: () => Promise<void> = async () => {};
	/** What a check has thrown. */
	#wrong: { error: unknown } | null = null;

	/** @param onwait told when somebody has to sign in (true), and when that is over (false) */
	constructor(onwait: (waiting: boolean) => void) {
		this.#onwait = onwait;
	}

	/** Makes the call, again after each sign-in, until it is refused for another reason or succeeds. */
	async passing<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
		for (;;) {
			const opened = this.#opened;
			try {
				return await call();
			} catch (error) {
				if (!wantsSignIn(error)) throw error;
			}
			signal.throwIfAborted();
			if (this.#wrong) throw this.#wrong.error;
			// A call from before a sign-in may be refused after it: that is no reason to ask again.
			if (opened === this.#opened) await shared(this.#wait(), signal);
		}
	}

	/** The admin says that they are signed in again. */
	open(): void {
		this.#waiting?.open();
	}

	#wait(): Promise<void> {
		if (!this.#waiting) {
			let open = () => {};
			const pressed = new Promise<void>((resolve) => (open = resolve));
			const promise = pressed
				.then(() => this.check())
				.catch((error: unknown) => {
					this.#wrong = { error };
					throw error;
				})
				.finally(() => {
					this.#opened++;
					this.#waiting = null;
					this.#onwait(false);
				});
			// They may all have left meanwhile.
			promise.catch(() => {});
			this.#waiting = { promise, open };
			this.#onwait(true);
		}
		return this.#waiting.promise;
	}
}
