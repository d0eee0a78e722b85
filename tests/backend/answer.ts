/** Puts an answer on the wire, at the pace that the stand-in was asked for. */

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './log.ts';

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
		body: Buffer.from(JSON.stringify(value)),
	};
}

/** The whole answer with its length. @param bytesPerSecond Infinity for as fast as it goes */
export async function send(exchange: Exchange, answer: Answer, bytesPerSecond = Infinity): Promise<void> {
	const bodiless = exchange.req.method === 'HEAD' || answer.status === 204 || answer.status === 304;
	begin(exchange, answer, answer.status === 204 ? {} : { 'content-length': String(answer.body.length) });
	if (!bodiless) await write(exchange, answer.body, bytesPerSecond);
	exchange.res.end();
}

/** Status line and headers, sent at once. */
export function begin(exchange: Exchange, answer: Answer, extra: Record<string, string> = {}): void {
	exchange.entry.status = answer.status;
	if (exchange.gone.aborted) return;
	exchange.res.writeHead(answer.status, { ...answer.headers, ...extra });
	exchange.res.flushHeaders();
}

const slice = 64 * 1024;

/** Part of a body, waiting whenever the network is full; stops quietly when the client has gone. */
export async function write(exchange: Exchange, bytes: Buffer, bytesPerSecond = Infinity): Promise<void> {
	const step = Math.max(1, Math.min(slice, Math.ceil(bytesPerSecond / 20)));
	for (let at = 0; at < bytes.length && !exchange.gone.aborted; at += step) {
		const part = bytes.subarray(at, at + step);
		exchange.entry.bytes += part.length;
		if (!exchange.res.write(part)) await drained(exchange.res, exchange.gone);
		if (bytesPerSecond !== Infinity) await pause((part.length / bytesPerSecond) * 1000, exchange.gone);
	}
}

/** Waits, but no longer than the client does. */
export async function pause(ms: number, gone: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal: gone }).catch(() => undefined);
}

function drained(res: ServerResponse, gone: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			res.off('drain', done);
			gone.removeEventListener('abort', done);
			resolve();
		};
		res.on('drain', done);
		gone.addEventListener('abort', done);
		if (gone.aborted) done();
	});
}
