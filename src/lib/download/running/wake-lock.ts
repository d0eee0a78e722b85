/** What the browser gives: its wake locks, where it has any, and whether the page is seen. */
export interface WakeLockPage {
	wakeLock: Pick<WakeLock, 'request'> | undefined;
	document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

/**
 * Keeps the screen on while a download runs in sight: a computer that goes to sleep stops it. The browser takes the
 * lock away whenever the page is hidden, so it is asked for again when the page is back.
 */
export class ScreenLock {
	#page: WakeLockPage;
	#held = false;
	#asking = false;
	#lock: Pick<WakeLockSentinel, 'released' | 'release'> | null = null;

	constructor(page: WakeLockPage) {
		this.#page = page;
	}

	hold(): void {
		if (this.#held) return;
		this.#held = true;
		this.#page.document.addEventListener('visibilitychange', this.#ask);
		void this.#ask();
	}

	release(): void {
		this.#held = false;
		this.#page.document.removeEventListener('visibilitychange', this.#ask);
		void this.#lock?.release();
		this.#lock = null;
	}

	#ask = async (): Promise<void> => {
		const { wakeLock, document } = this.#page;
		if (!wakeLock || this.#asking || document.visibilityState !== 'visible') return;
		if (this.#lock && !this.#lock.released) return;
		this.#asking = true;
		try {
			const lock = await wakeLock.request('screen');
			// Released while the browser was thinking.
			if (this.#held) this.#lock = lock;
			else void lock.release();
		} catch {
			// Refused, by a low battery or a policy: the download runs all the same.
		} finally {
			this.#asking = false;
		}
	};
}
