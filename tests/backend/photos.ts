/** The photo host: signed URLs in, pictures out, on an origin of its own. */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause, send } from './answer.ts';
import type { Answer } from './answer.ts';
import { spoil } from './breakage.ts';
import type { Company } from './company.ts';
import type { FaultList } from './faults.ts';
import { openExchange } from './log.ts';
import type { Exchange, LogEntry } from './log.ts';
import { placeOf } from './photo-paths.ts';
import type { PhotoPlace } from './photo-paths.ts';
import { pictureAt } from './photo-files.ts';
import type { Signer } from './signing.ts';

export interface PhotoHostOptions {
	company: Company;
	signer: Signer;
	faults: FaultList;
	log: LogEntry[];
	headshotBytes: number | undefined;
	latencyMs: number;
	bytesPerSecond: number;
	cors: boolean;
}

export interface PhotoHost {
	origin(): string;
	inFlight(): number;
	listen(): Promise<void>;
	/** Refuses connections, and cuts those that are open. */
	stop(): Promise<void>;
}

export function createPhotoHost(options: PhotoHostOptions): PhotoHost {
	const open = new Set<Exchange>();
	let port = 0;
	const server: Server = createServer((req, res) => {
		const exchange = openExchange(options.log, 'photo', req, res);
		open.add(exchange);
		exchange.gone.addEventListener('abort', () => open.delete(exchange));
		handle(exchange, options).catch((error: unknown) => {
			exchange.broken = true;
			res.destroy(error instanceof Error ? error : new Error(String(error)));
		});
	});
	return {
		origin: () => `http://127.0.0.1:${port}`,
		inFlight: () => open.size,
		async listen() {
			await new Promise<void>((resolve, reject) => {
				server.once('error', reject);
				server.listen(port, '127.0.0.1', () => resolve());
			});
			port = (server.address() as AddressInfo).port;
		},
		async stop() {
			if (!server.listening) return;
			for (const exchange of open) exchange.broken = true;
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}

async function handle(exchange: Exchange, options: PhotoHostOptions): Promise<void> {
	const { url, entry, req } = exchange;
	const place = placeOf(url.pathname);
	if (place) Object.assign(entry, { shootId: place.shootId, file: place.file });
	if (req.method === 'OPTIONS')
		return send(exchange, { status: 204, headers: corsOf(options), body: nothing });

	const { signer, bytesPerSecond } = options;
	const fault = options.faults.takeWire({ host: 'photo', path: url.pathname, ...place });
	const answer = await answerTo(exchange, place, options);
	if (options.latencyMs) await pause(options.latencyMs, exchange.gone);
	if (!fault) return send(exchange, answer, bytesPerSecond);
	const spoiling = {
		exchange,
		answer,
		bytesPerSecond,
		revoke: () => signer.revoke(url.pathname),
		elsewhere() {
			const copy = url.pathname.replace(/^\/shoots\//, '/copies/');
			return `${copy}?${signer.sign(copy).query}`;
		},
	};
	return spoil(spoiling, fault);
}

const nothing = Buffer.alloc(0);

async function answerTo(
	exchange: Exchange,
	place: PhotoPlace | null,
	options: PhotoHostOptions,
): Promise<Answer> {
	const { req, url } = exchange;
	const headers = corsOf(options);
	const refuse = (status: number, text: string): Answer => ({
		status,
		headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
		body: Buffer.from(text),
	});
	if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(405, 'Method not allowed');
	const verdict = options.signer.check(url.pathname, url.searchParams);
	if (verdict !== 'good')
		return refuse(403, verdict === 'expired' ? 'Request has expired' : 'Signature does not match');
	const picture = place && (await pictureAt(options.company, place, options.headshotBytes));
	if (!picture) return refuse(404, 'No such photo');
	const seconds = Math.max(0, Math.floor((Number(url.searchParams.get('expires')) - Date.now()) / 1000));
	return {
		status: 200,
		headers: {
			...headers,
			'content-type': `image/${picture.format}`,
			'cache-control': `private, max-age=${seconds}`,
			'x-content-type-options': 'nosniff',
		},
		body: picture.bytes,
	};
}

function corsOf(options: PhotoHostOptions): Record<string, string> {
	if (!options.cors) return {};
	return {
		'access-control-allow-origin': '*',
		'access-control-allow-methods': 'GET, HEAD, OPTIONS',
		'access-control-expose-headers': 'Retry-After, X-RateLimit-Reset',
		'access-control-max-age': '600',
		'timing-allow-origin': '*',
	};
}
