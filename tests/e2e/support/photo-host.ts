import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request; the CORS headers are there already. */
export type PhotoAnswer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** A photo host whose answers a test makes, for what happens at a moment of the test's own choice. */
export interface PhotoHost {
	/** `http://127.0.0.1:<port>` */
	origin: string;
	port: number;
	/** GETs so far, in the order of arrival. */
	asked: IncomingMessage[];
	/** Ends every connection. */
	close(): Promise<void>;
}

export async function startPhotoHost(answer: PhotoAnswer): Promise<PhotoHost> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		if (request.method === 'GET') asked.push(request);
		response.setHeader('Access-Control-Allow-Origin', '*');
		Promise.resolve(answer(response, request)).catch((error: Error) => response.destroy(error));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		port,
		asked,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
