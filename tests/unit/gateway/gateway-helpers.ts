import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGateway, type GatewayOptions } from '../../../src/gateway/gateway.ts';
import { servePage, type PageServer, type PageServerOptions } from '../../../src/gateway/page-server.ts';

export const indexHtml =
	'<!doctype html><meta name="headshot-admin-config" content="{}" /><title>Headshots</title>';

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	text: string;
}

/** A folder like the one that `vite build` leaves, gone after the test. */
export async function makeBuild(files: Record<string, string> = {}): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'page-build-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	for (const [name, content] of Object.entries({ 'index.html': indexHtml, ...files })) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), content);
	}
	return folder;
}

/** A page server on a free port, closed after the test. */
export async function startPage(options: Partial<PageServerOptions> = {}): Promise<PageServer> {
	const server = await servePage({
		buildDir: options.buildDir ?? (await makeBuild()),
		port: 0,
		config: {},
		api: async () => false,
		...options,
	});
	onTestFinished(() => server.close());
	return server;
}

/** A page server whose API is the gateway; `told` is what its terminal says. */
export async function startGateway(options: GatewayOptions): Promise<PageServer & { told: string[] }> {
	const told: string[] = [];
	const gateway = createGateway({ tell: (sentence) => told.push(sentence), ...options });
	onTestFinished(() => gateway.close());
	return { ...(await startPage({ api: gateway.api })), told };
}

/** Any HTTP server on loopback, closed after the test; returns its port. */
export async function startServer(listener: RequestListener): Promise<number> {
	const server = http.createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		return new Promise<void>((resolve) => server.close(() => resolve()));
	});
	return (server.address() as AddressInfo).port;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
	const server = http.createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** One request, sent exactly as given: no browser or URL parser tidies its path or headers. */
export function ask(
	port: number,
	path: string,
	options: { method?: string; headers?: Record<string, string>; body?: string; host?: string } = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const { method = 'GET', headers = {}, body, host = '127.0.0.1' } = options;
		const request = http.request(
			{ host, port, path, method, agent: false, headers: { Host: `localhost:${port}`, ...headers } },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () => {
					const whole = Buffer.concat(chunks);
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body: whole,
						text: whole.toString(),
					});
				});
			},
		);
		request.once('error', reject);
		request.end(body);
	});
}

/** A promise and what settles it. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => {};
	const promise = new Promise<T>((settle) => {
		resolve = settle;
	});
	return { promise, resolve };
}
