import { onTestFinished, vi, type Mock } from 'vitest';
import type { DownloadApi } from '$lib/download/contract';
import { serve } from '$lib/worker/serve';

/**
 * Gives Node a worker, on its own thread, for `new Worker`. Its api does what the test says, else nothing.
 * @returns `ended` is called when it is terminated; `die` fails it as a browser tells it
 */
export function giveWorker(api: Partial<DownloadApi>): { ended: Mock; die: () => void } {
	const ended = vi.fn();
	let die = () => {};
	class FakeWorker extends EventTarget {
		readonly #page: MessagePort;

		constructor() {
			super();
			const { port1, port2 } = new MessageChannel();
			this.#page = port1;
			const nothing = () => {};
			const idle = { cancel: nothing, pause: nothing, resume: nothing, signedIn: nothing };
			serve({ ...idle, run: () => new Promise(() => {}), ping: () => true, ...api }, port2);
			port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
			die = () => void this.dispatchEvent(new Event('error', { cancelable: true }));
		}

		postMessage(message: unknown, transfer: Transferable[]): void {
			this.#page.postMessage(message, transfer);
		}

		terminate(): void {
			ended();
			this.#page.close();
		}
	}
	vi.stubGlobal('Worker', FakeWorker);
	onTestFinished(() => void vi.unstubAllGlobals());
	return { ended, die: () => die() };
}
