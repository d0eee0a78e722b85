/** The API host: CORS, sign-in, rate limit, then the route; mounted by whoever serves the page. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door, RateLimit } from './access.ts';
import { json, pause, send } from './answer.ts';
import type { Answer } from './answer.ts';
import { spoil } from './breakage.ts';
import { ApiError, invalid } from './envelope.ts';
import type { FaultList } from './faults.ts';
import { openExchange } from './log.ts';
import type { Exchange, LogEntry } from './log.ts';
import { reply } from './routes.ts';
import type { Desk } from './routes.ts';

export interface ApiHostOptions {
	desk: Desk;
	door: Door;
	rateLimit: RateLimit;
	faults: FaultList;
	log: LogEntry[];
	latencyMs: number;
	allowedOrigins: readonly string[];
}

export interface ApiHost {
	/** @returns false when the request isn't for the API */
	handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
	/** Cuts every connection that asks, until `resume`. */
	pause(): void;
	resume(): void;
}

const base = '/api/v2';
const root = `${base}/organization`;

export function createApiHost(options: ApiHostOptions): ApiHost {
	const open = new Set<Exchange>();
	let paused = false;
	return {
		async handle(req, res) {
			const path = (req.url ?? '').split('?')[0] ?? '';
			if (path !== base && !path.startsWith(`${base}/`)) return false;
			const exchange = openExchange(options.log, 'api', req, res);
			if (paused) cut(exchange);
			else {
				open.add(exchange);
				exchange.gone.addEventListener('abort', () => open.delete(exchange));
				await answer(exchange, options);
			}
			return true;
		},
		pause() {
			paused = true;
			for (const exchange of open) cut(exchange);
		},
		resume: () => void (paused = false),
	};
}

function cut(exchange: Exchange): void {
	exchange.broken = true;
	exchange.req.socket.destroy();
}

async function answer(exchange: Exchange, options: ApiHostOptions): Promise<void> {
	const { req, url, entry } = exchange;
	const cors = corsOf(req, options.allowedOrigins);
	if (req.method === 'OPTIONS') return send(exchange, { status: 204, headers: cors, body: Buffer.alloc(0) });

	const shootId = /\/models\/([^/]+)\//.exec(url.pathname)?.[1];
	if (shootId) entry.shootId = shootId;
	const subject = { host: 'api' as const, path: url.pathname, shootId };
	const fault = options.faults.takeWire(subject);
	const { headers, ...honest } = await honestAnswer(exchange, options);
	const made: Answer = { ...honest, headers: { ...headers, ...cors } };
	if (honest.status < 400) {
		for (const { edit } of options.faults.takeEdits(subject)) {
			const parsed = JSON.parse(made.body.toString()) as never;
			made.body = Buffer.from(JSON.stringify(edit(parsed) ?? parsed));
		}
	}
	if (options.latencyMs) await pause(options.latencyMs, exchange.gone);
	if (!fault) return send(exchange, made);
	const spoiling = {
		exchange,
		answer: made,
		bytesPerSecond: Infinity,
		revoke: () => undefined,
		elsewhere: () => req.url ?? url.pathname,
	};
	return spoil(spoiling, fault);
}

async function honestAnswer(exchange: Exchange, options: ApiHostOptions): Promise<Answer> {
	const { req, url } = exchange;
	const limit = options.rateLimit.take();
	try {
		if (!options.door.admits(req.headers)) throw new ApiError(401, 'UNAUTHORIZED', 'Sign in to go on');
		if (!limit.allowed) throw new ApiError(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests');
		if (req.method === 'POST') await checkBody(req);
		if (url.pathname !== root && !url.pathname.startsWith(`${root}/`))
			throw new ApiError(404, 'NOT_FOUND', 'Route not found');
		const said = reply(options.desk, req.method ?? 'GET', url.pathname.slice(root.length), url.searchParams);
		return json(200, { success: true, ...said }, limit.headers);
	} catch (error) {
		const { status, code, message } =
			error instanceof ApiError ? error : new ApiError(500, 'INTERNAL_ERROR', 'Something went wrong');
		return json(status, { success: false, error: message, code }, limit.headers);
	}
}

/** A body, where there is one, must be JSON. */
async function checkBody(req: IncomingMessage): Promise<void> {
	let text = '';
	for await (const part of req) text += String(part);
	if (text === '') return;
	try {
		JSON.parse(text);
	} catch {
		throw invalid('The body must be JSON');
	}
}

function corsOf(req: IncomingMessage, allowedOrigins: readonly string[]): Record<string, string> {
	const { origin } = req.headers;
	if (origin === undefined || !allowedOrigins.includes(origin)) return { vary: 'Origin' };
	const headers: Record<string, string> = {
		vary: 'Origin',
		'access-control-allow-origin': origin,
		'access-control-allow-credentials': 'true',
		'access-control-expose-headers':
			'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After',
	};
	if (req.method === 'OPTIONS') {
		headers['access-control-allow-methods'] = 'GET, HEAD, POST, OPTIONS';
		headers['access-control-allow-headers'] = req.headers['access-control-request-headers'] ?? '';
		headers['access-control-max-age'] = '600';
	}
	return headers;
}
