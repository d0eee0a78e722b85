/** How each fault spoils an answer: one small function a kind. */

import { gzipSync } from 'node:zlib';
import { begin, send, write } from './answer.ts';
import type { Answer } from './answer.ts';
import type { WireFault } from './fault-kinds.ts';
import type { Exchange } from './log.ts';

export interface Spoiling {
	exchange: Exchange;
	/** What would have been sent. */
	answer: Answer;
	bytesPerSecond: number;
	/** Marks every URL of this path handed out so far as expired. */
	revoke(): void;
	/** The same resource under another path of the same host. */
	elsewhere(): string;
}

type Spoil<Kind extends WireFault['kind']> = (
	spoiling: Spoiling,
	fault: Extract<WireFault, { kind: Kind }>,
) => Promise<void>;

const spoils: { [Kind in WireFault['kind']]: Spoil<Kind> } = {
	async 'cut-length'({ exchange, answer, bytesPerSecond }) {
		begin(exchange, answer, { 'content-length': String(answer.body.length) });
		await write(exchange, firstHalf(answer.body), bytesPerSecond);
		await hangUp(exchange);
	},
	async 'cut-chunked'({ exchange, answer, bytesPerSecond }) {
		begin(exchange, answer, { 'transfer-encoding': 'chunked' });
		await write(exchange, firstHalf(answer.body), bytesPerSecond);
		await hangUp(exchange);
	},
	async 'cut-close'({ exchange, answer, bytesPerSecond }) {
		// Without this, node would add chunked framing, whose missing end the client would notice.
		exchange.res.useChunkedEncodingByDefault = false;
		begin(exchange, answer, { connection: 'close' });
		await write(exchange, firstHalf(answer.body), bytesPerSecond);
		exchange.res.end();
	},
	gzip: ({ exchange, answer, bytesPerSecond }) =>
		send(
			exchange,
			{
				...answer,
				headers: { ...answer.headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
				body: gzipSync(answer.body, { level: 1 }),
			},
			bytesPerSecond,
		),
	empty: ({ exchange, answer }) => send(exchange, { ...answer, body: Buffer.alloc(0) }),
	'no-content': ({ exchange, answer }) => send(exchange, { ...answer, status: 204, body: Buffer.alloc(0) }),
	html: ({ exchange, answer }, { contentType }) =>
		send(exchange, replaced(answer, signInPage, contentType ?? 'text/html')),
	async status({ exchange, answer }, fault) {
		const body = JSON.stringify({
			success: false,
			error: `Status ${fault.status}`,
			code: fault.code ?? codeOf(fault.status),
		});
		const headers = { ...answer.headers, 'content-type': 'application/json', 'cache-control': 'no-store' };
		const { retryAfter, resetAt } = fault;
		if (retryAfter !== undefined) {
			Object.assign(headers, {
				'retry-after': typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString(),
			});
		}
		if (resetAt)
			Object.assign(headers, { 'x-ratelimit-reset': resetAt.toISOString(), 'x-ratelimit-remaining': '0' });
		await send(exchange, { status: fault.status, headers, body: Buffer.from(body) });
	},
	async stall({ exchange, answer }, { before }) {
		if (before) return;
		begin(exchange, answer, { 'content-length': String(answer.body.length) });
		await write(exchange, firstHalf(answer.body));
	},
	async hold({ exchange, answer, bytesPerSecond }, { until }) {
		await until;
		await send(exchange, answer, bytesPerSecond);
	},
	slow: ({ exchange, answer }, { bytesPerSecond }) => send(exchange, answer, bytesPerSecond),
	async reset({ exchange }) {
		exchange.broken = true;
		exchange.req.socket.resetAndDestroy();
	},
	redirect: ({ exchange, answer, elsewhere }, { to, status }) =>
		send(exchange, {
			status: status ?? 302,
			headers: { ...answer.headers, location: to ?? elsewhere(), 'cache-control': 'no-store' },
			body: Buffer.alloc(0),
		}),
	'no-cors': ({ exchange, answer, bytesPerSecond }) => {
		const kept = Object.entries(answer.headers).filter(
			([name]) => !/^(access-control-|timing-allow-)/.test(name),
		);
		return send(exchange, { ...answer, headers: Object.fromEntries(kept) }, bytesPerSecond);
	},
	async expired({ exchange, answer, revoke }) {
		revoke();
		await send(exchange, { ...replaced(answer, 'Request has expired', 'text/plain'), status: 403 });
	},
	svg: ({ exchange, answer }) => send(exchange, replaced(answer, drawing, 'image/jpeg')),
	raw: ({ exchange, answer }, { body, contentType, status }) =>
		send(exchange, { ...replaced(answer, body, contentType ?? 'application/json'), status: status ?? 200 }),
};

export function spoil(spoiling: Spoiling, fault: WireFault): Promise<void> {
	// The table is keyed by kind, which TypeScript can't follow through a lookup with a union.
	const play = spoils[fault.kind] as Spoil<WireFault['kind']>;
	return play(spoiling, fault as never);
}

function firstHalf(body: Buffer): Buffer {
	return body.subarray(0, Math.ceil(body.length / 2));
}

/** Cuts the connection once what was written has left. */
async function hangUp(exchange: Exchange): Promise<void> {
	exchange.broken = true;
	const { socket } = exchange.req;
	await new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.write('', () => resolve())));
	socket.destroy();
}

function replaced(answer: Answer, body: string, contentType: string): Answer {
	const headers = { ...answer.headers, 'content-type': contentType, 'cache-control': 'no-store' };
	return { status: 200, headers, body: Buffer.from(body) };
}

function codeOf(status: number): string {
	const codes: Record<number, string> = {
		401: 'UNAUTHORIZED',
		402: 'INSUFFICIENT_CREDITS',
		403: 'FORBIDDEN',
		404: 'NOT_FOUND',
		429: 'RATE_LIMIT_EXCEEDED',
	};
	return codes[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_REQUEST');
}

const signInPage = `<!doctype html>
<html lang="en"><head><title>Sign in</title></head>
<body><form method="post"><label>E-mail <input name="email" type="email"></label><button>Sign in</button></form></body></html>
`;

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><script>alert(1)</script><circle cx="2" cy="2" r="1"/></svg>`;
