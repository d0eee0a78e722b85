/** The smallest page server: the stand-in's API on an origin of its own, and calls as the signed-in page makes them. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StandIn } from './stand-in.ts';

export interface Mounted {
	origin: string;
	/** With the session cookie. @param path below `/api/v2/organization` */
	call(path: string, init?: RequestInit): Promise<Response>;
	/** The JSON of a GET. */
	get<T = Record<string, unknown>>(path: string): Promise<T>;
	close(): Promise<void>;
}

export async function mount(standIn: StandIn): Promise<Mounted> {
	const server = createServer((req, res) => {
		void standIn.api(req, res).then((handled) => {
			if (!handled) res.writeHead(404).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const call = (path: string, init: RequestInit = {}) => {
		const headers = new Headers(init.headers);
		const cookie = standIn.pageHeaders()['set-cookie']?.split(';')[0];
		if (cookie) headers.set('cookie', cookie);
		return fetch(`${origin}/api/v2/organization${path}`, { ...init, headers });
	};
	return {
		origin,
		call,
		get: async (path) => (await call(path)).json(),
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
