import { readdir, readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

/** Files by their path in a folder, e.g. `_app/version.json`. */
export type StaticFiles = ReadonlyMap<string, Buffer>;

const contentTypes: Record<string, string> = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.jpeg': 'image/jpeg',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
};

/**
 * Reads all files below a folder, without hidden ones. Only these are ever served: no path of a request can lead out of
 * the folder, and another build may empty it meanwhile. A build takes some 2 MB.
 */
export async function readFiles(folder: string): Promise<StaticFiles> {
	const files = new Map<string, Buffer>();
	for (const name of await readdir(folder, { recursive: true })) {
		const segments = name.split(sep);
		if (segments.some((segment) => segment.startsWith('.'))) continue;
		const path = join(folder, name);
		if ((await stat(path)).isFile()) files.set(segments.join('/'), await readFile(path));
	}
	return files;
}

/** Answers with a file; its name in the build says how long browsers may keep it. */
export function sendFile(response: ServerResponse, name: string, bytes: Buffer): void {
	response.setHeader('Content-Type', contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream');
	response.setHeader('Content-Length', bytes.byteLength);
	response.setHeader(
		'Cache-Control',
		name.startsWith('_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
	);
	response.end(response.req.method === 'HEAD' ? undefined : bytes);
}
