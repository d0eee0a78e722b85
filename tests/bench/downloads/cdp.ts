import type { Readable, Writable } from 'node:stream';

type Params = Record<string, unknown>;
type Listener = (params: Params, sessionId: string | undefined) => void;

interface Message {
	id?: number;
	method?: string;
	params?: Params;
	result?: unknown;
	error?: { message: string };
	sessionId?: string;
}

/**
 * The Chrome DevTools Protocol over `--remote-debugging-pipe`: JSON messages, each ended by a NUL. By hand, because a
 * test runner watches the network of every page and worker, which costs time and memory that would be measured along.
 */
export class Cdp {
	readonly #out: Writable;
	readonly #waiting = new Map<
		number,
		{ sessionId: string | undefined; resolve: (result: never) => void; reject: (error: Error) => void }
	>();
	readonly #listeners = new Map<string, Set<Listener>>();
	#last = 0;

	constructor(out: Writable, incoming: Readable) {
		this.#out = out;
		let held: Buffer[] = [];
		incoming.on('data', (data: Buffer) => {
			let from = 0;
			for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, from)) {
				held.push(data.subarray(from, end));
				this.#take(JSON.parse(Buffer.concat(held).toString()) as Message);
				held = [];
				from = end + 1;
			}
			if (from < data.length) held.push(data.subarray(from));
		});
		incoming.on('close', () => this.#fail('The browser has ended.', () => true));
		out.on('error', () => this.#fail('The browser has ended.', () => true));
		this.on('Target.detachedFromTarget', ({ sessionId }) =>
			this.#failSession('The tab was closed.', sessionId),
		);
		this.on('Inspector.targetCrashed', (_, sessionId) => this.#failSession('The tab crashed.', sessionId));
	}

	/** @throws Error with the browser's words */
	send<T = Params>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
		const id = ++this.#last;
		return new Promise<T>((resolve, reject) => {
			this.#waiting.set(id, { sessionId, resolve, reject });
			this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
		});
	}

	/** @returns ends it */
	on(event: string, listener: Listener): () => void {
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(listener));
		return () => void listeners.delete(listener);
	}

	#take({ id, method, params = {}, result, error, sessionId }: Message): void {
		if (method !== undefined)
			for (const listener of this.#listeners.get(method) ?? []) listener(params, sessionId);
		if (id === undefined) return;
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (error) waiting?.reject(new Error(error.message));
		else waiting?.resolve(result as never);
	}

	#failSession(why: string, failed: unknown): void {
		this.#fail(why, (sessionId) => sessionId === failed);
	}

	#fail(why: string, isMeant: (sessionId: string | undefined) => boolean): void {
		for (const [id, { sessionId, reject }] of this.#waiting) {
			if (!isMeant(sessionId)) continue;
			this.#waiting.delete(id);
			reject(new Error(why));
		}
	}
}
