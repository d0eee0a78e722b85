import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listenOnLoopback } from '../../src/gateway/listen.ts';
import { readFiles, sendFile, type StaticFiles } from '../../src/gateway/static-files.ts';
import type { StandIn } from '../backend/stand-in.ts';
import { hostDir } from './folder.ts';

const embedDir = fileURLToPath(new URL('../../build/embed', import.meta.url));

export interface HostServerOptions {
	standIn: StandIn;
	port?: number;
	/** What the dashboard is told; see `host-config.ts`. */
	config?: Record<string, unknown>;
	/** Where the element's script is; on this server unless told. */
	script?: string;
	/** It stands before the dashboard's own; else after it. */
	scriptFirst?: boolean;
	/** Another copy of it, that somebody else has put into the page. */
	scriptAgain?: string;
	/** The dashboard's Content-Security-Policy. */
	policy: string;
	/** Answers what the dashboard itself asks for; false when it doesn't know it. */
	extra?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface HostServer {
	origin: string;
	close(): Promise<void>;
}

/** The Vue dashboard, the element's script, and the stand-in's API, on one origin. */
export async function serveHost(options: HostServerOptions): Promise<HostServer> {
	const [host, embed] = await Promise.all([readFiles(hostDir), readFiles(embedDir)]);
	const html = await readFile(`${hostDir}/index.html`, 'utf8');
	const { port, close } = await listenOnLoopback((request, response) => {
		answer(request, response).catch(() => response.destroy());
	}, options.port ?? 0);
	return { origin: `http://localhost:${port}`, close };

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.setHeader('X-Content-Type-Options', 'nosniff');
		if (await options.standIn.api(request, response)) return;
		if (options.extra?.(request, response)) return;
		const path = new URL(request.url ?? '/', 'http://localhost').pathname;
		response.setHeader('Content-Security-Policy', options.policy);
		if (path.startsWith('/embed/')) return sendOrNot(response, embed, path.slice('/embed/'.length));
		const name = path.slice(1);
		if (host.has(name) && name !== 'index.html') return sendOrNot(response, host, name);
		for (const [key, value] of Object.entries(options.standIn.pageHeaders())) response.setHeader(key, value);
		response.setHeader('Content-Type', 'text/html; charset=utf-8');
		response.end(page(html, options));
	}
}

/** Only files, for other origins too: what a CDN would serve. */
export async function serveScripts(): Promise<HostServer> {
	const embed = await readFiles(embedDir);
	const { port, close } = await listenOnLoopback((request, response) => {
		response.setHeader('Access-Control-Allow-Origin', '*');
		response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
		const path = new URL(request.url ?? '/', 'http://localhost').pathname;
		sendOrNot(response, embed, path.slice('/embed/'.length));
	}, 0);
	return { origin: `http://localhost:${port}`, close };
}

function page(html: string, options: HostServerOptions): string {
	const { config = {}, script = '/embed/headshot-admin.js', scriptFirst, scriptAgain } = options;
	const content = JSON.stringify(config).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	const tags = [script, scriptAgain]
		.filter((address) => address !== undefined)
		.map((address) => `<script type="module" crossorigin src="${address}"></script>`);
	const meta = `<meta name="host-config" content="${content}" />`;
	const place = scriptFirst ? '<head>' : '</head>';
	const added = meta + tags.join('');
	return html.replace(place, () => (scriptFirst ? place + added : added + place));
}

function sendOrNot(response: ServerResponse, files: StaticFiles, name: string): void {
	const file = files.get(name);
	if (file) sendFile(response, name, file);
	else response.writeHead(404).end();
}
