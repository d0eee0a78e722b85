import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface StaticFile {
	path: string;
	/** In bytes. */
	size: number;
}

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
 * All files below a folder, by their path in it (`_app/version.json`), without hidden ones. Only what is in
 * this list is ever served, so no path of a request can lead out of the folder.
 */
export async function listFiles(folder: string): Promise<Map<string, StaticFile>> {
	const files = new Map<string, StaticFile>();
	for (const name of await readdir(folder, { recursive: true })) {
		const segments = name.split(sep);
		if (segments.some((segment) => segment.startsWith('.'))) continue;
		const path = join(folder, name);
		const info = await stat(path);
		if (info.isFile()) files.set(segments.join('/'), { path, size: info.size });
	}
	return files;
}

/** Answers with a file; its name in the build says how long browsers may keep it. */
export async function sendFile(response: ServerResponse, name: string, file: StaticFile): Promise<void> {
	response.setHeader('Content-Type', contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream');
	response.setHeader('Content-Length', file.size);
	response.setHeader(
		'Cache-Control',
		name.startsWith('_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
	);
	if (response.req.method === 'HEAD') response.end();
	else await pipeline(createReadStream(file.path), response);
}
