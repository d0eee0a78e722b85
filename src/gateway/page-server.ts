import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFailure } from './envelope.ts';
import { isApiPath, refusalOf } from './host-guard.ts';
import { listenOnLoopback } from './listen.ts';
import { withConfig, type PageConfig } from './page-config.ts';
import { readFiles, sendFile } from './static-files.ts';

/** Answers requests under `/api/v2`. Resolves false, with nothing sent, when it has no such resource. */
export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface PageServerOptions {
	/** The folder that `vite build` filled. */
	buildDir: string;
	/** The first port to try, 4173 unless told; 0 takes any free one. */
	port?: number;
	/** The page's runtime configuration. */
	config: PageConfig;
	api: ApiHandler;
	/** More headers for every HTML answer (a session cookie, say). */
	pageHeaders?: () => Record<string, string>;
}

export interface PageServer {
	/** `http://localhost:<port>` */
	origin: string;
	port: number;
	close(): Promise<void>;
}

const base = '/app/admin';
const homePage = `${base}/headshots`;

/**
 * Serves the built page under `/app/admin/`, and its API under `/api/v2`, to browsers of this machine only.
 * Throws when the build is missing or can't be configured, or when every port it tries is busy.
 */
export async function servePage(options: PageServerOptions): Promise<PageServer> {
	const files = await readFiles(options.buildDir).catch((cause: unknown) => {
		throw new Error(`There is no built page in ${options.buildDir}.`, { cause });
	});
	const index = files.get('index.html');
	if (index === undefined) throw new Error(`There is no index.html in ${options.buildDir}.`);
	const page = index.toString('utf8');
	const html = Buffer.from(withConfig(page, options.config));
	const workerPolicy = `${policyOf(page)}frame-ancestors 'none'`;

	const { port, close } = await listenOnLoopback((request, response) => {
		answer(request, response).catch((error: unknown) => {
			if (response.destroyed) return; // The browser went away.
			console.error('A request failed:', error);
			if (response.headersSent) response.destroy();
			else sendFailure(response, 500, 'INTERNAL_ERROR', 'The local server failed.');
		});
	}, options.port ?? 4173);
	return { origin: `http://localhost:${port}`, port, close };

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = pathOf(request);
		setSecurityHeaders(response, path ?? '', workerPolicy);
		if (path === null) return sendFailure(response, 400, 'INVALID_REQUEST', 'This is no path.');
		const refusal = refusalOf(request, path);
		if (refusal !== null) return sendFailure(response, refusal.status, refusal.code, refusal.error);

		if (isApiPath(path)) {
			if (await options.api(request, response)) return;
			return sendFailure(response, 404, 'NOT_FOUND', 'The API has no such resource.');
		}
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.setHeader('Allow', 'GET, HEAD');
			return sendFailure(response, 405, 'METHOD_NOT_ALLOWED', 'Pages can only be read.');
		}
		if (path === '/' || path === base || path === `${base}/`) return redirectHome(response);
		const name = nameInBuild(path);
		const file = name === null ? undefined : files.get(name);
		if (name !== null && file !== undefined && name !== 'index.html') return sendFile(response, name, file);
		if (name === null || isMissingAsset(request, name)) return sendNotFound(response);
		sendPage(response);
	}

	function sendPage(response: ServerResponse): void {
		for (const [name, value] of Object.entries(options.pageHeaders?.() ?? {}))
			response.setHeader(name, value);
		response.setHeader('Content-Type', 'text/html; charset=utf-8');
		response.setHeader('Content-Length', html.byteLength);
		response.setHeader('Cache-Control', 'no-cache');
		response.end(response.req.method === 'HEAD' ? undefined : html);
	}
}

/** The normalized path of a request, or null for a target that isn't a path (`http://…`, `*`). */
function pathOf(request: IncomingMessage): string | null {
	const target = `http://localhost${request.url ?? ''}`;
	return request.url?.startsWith('/') && URL.canParse(target) ? new URL(target).pathname : null;
}

/** `/app/admin/_app/version.json` → `_app/version.json`; null outside of the base path, or when malformed. */
function nameInBuild(path: string): string | null {
	if (!path.startsWith(`${base}/`)) return null;
	try {
		return decodeURIComponent(path.slice(base.length + 1));
	} catch {
		return null;
	}
}

/** What isn't in the build is a page of the app, unless it looks like a file and no page was asked for. */
function isMissingAsset(request: IncomingMessage, name: string): boolean {
	if (name.startsWith('_app/')) return true;
	const looksLikeFile = /\.[^/]+$/.test(name) && name !== 'index.html';
	return looksLikeFile && !request.headers.accept?.includes('text/html');
}

function redirectHome(response: ServerResponse): void {
	response.writeHead(302, { Location: homePage, 'Cache-Control': 'no-cache' }).end();
}

function sendNotFound(response: ServerResponse): void {
	response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' });
	response.end(response.req.method === 'HEAD' ? undefined : 'Not found.\n');
}

/** The policy that the built page brings in a meta element, ready for more directives; empty when it has none. */
function policyOf(html: string): string {
	const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
	return policy ? `${policy}; ` : '';
}

function setSecurityHeaders(response: ServerResponse, path: string, workerPolicy: string): void {
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('Referrer-Policy', 'no-referrer');
	response.setHeader('X-Frame-Options', 'DENY');
	response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
	// The page brings its policy in a meta element, which can't hold frame-ancestors. An answer of the API must
	// not run as a page at all, even where a photo host sends HTML for a photo.
	const policy = isApiPath(path)
		? "default-src 'none'; sandbox; frame-ancestors 'none'"
		: // A worker obeys its own file's policy, not its page's: it may call whom the page may call.
			path.startsWith(`${base}/_app/immutable/workers/`)
			? workerPolicy
			: "frame-ancestors 'none'";
	response.setHeader('Content-Security-Policy', policy);
}
