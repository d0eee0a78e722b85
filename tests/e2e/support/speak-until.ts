import type { Page } from '@playwright/test';

interface Speaker {
	speakUntil?(words: string | null): void;
}

/**
 * From the moment on when the page's workers have said `words`, they say nothing more, but that they are alive: the
 * page stands still there as long as a test looks. Called again, they go on from there; with `null`, to their end.
 */
export async function speakUntil(page: Page, words: string | null): Promise<void> {
	for (const worker of page.workers()) await worker.evaluate(speak, words);
}

/** Runs in a worker. */
function speak(words: string | null): void {
	const speaker = globalThis as Speaker;
	if (!speaker.speakUntil) {
		const unsaid: (() => void)[] = [];
		let end: string | null = null;
		let isSilent = false;
		for (const mouth of [globalThis, MessagePort.prototype]) {
			const { postMessage } = mouth;
			mouth.postMessage = function (this: object, message: { value?: unknown }, ...more: never[]) {
				const say = (): void => {
					postMessage.call(this, message, ...more);
					isSilent ||= end !== null && JSON.stringify(message).includes(end);
				};
				// The answer to "are you there?"
				if (isSilent && message.value !== true) unsaid.push(say);
				else say();
			};
		}
		speaker.speakUntil = (words) => {
			end = words;
			isSilent = false;
			while (unsaid.length > 0 && !isSilent) unsaid.shift()?.();
		};
	}
	speaker.speakUntil(words);
}
