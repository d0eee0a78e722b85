import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Node tells of every request that comes to a server of this process. */
const REQUESTS = 'http.server.request.start';

export interface Heard {
	method: string;
	/** Path and query, as they came. */
	address: string;
	/** Of the server that was asked. */
	port: number;
	referrer: string;
}

/** Every request from now on to any server of this process, also what a page sends while it goes. */
export function hear(): { requests: Heard[]; stop(): void } {
	const requests: Heard[] = [];
	const listen = (message: unknown) => {
		const { method = '', url = '', socket, headers } = (message as { request: IncomingMessage }).request;
		requests.push({ method, address: url, port: socket.localPort ?? 0, referrer: headers.referer ?? '' });
	};
	subscribe(REQUESTS, listen);
	return { requests, stop: () => unsubscribe(REQUESTS, listen) };
}
