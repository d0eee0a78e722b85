import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
	port: number;
	/** Ends every connection and resolves when the port is free again. */
	close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, with one port for both: browsers try either
 * for `localhost`. Never on any other interface. A busy port moves on to the next; port 0 takes any free one.
 * Throws when all of the tries are busy.
 */
export async function listenOnLoopback(
	listener: RequestListener,
	firstPort: number,
	tries = 20,
): Promise<Listening> {
	const lastPort = firstPort === 0 ? 0 : Math.min(firstPort + tries - 1, 65535);
	for (let attempt = 0; attempt < tries; attempt++) {
		const wanted = firstPort === 0 ? 0 : firstPort + attempt;
		if (wanted > 65535) break;
		const listening = await listenOnBoth(listener, wanted);
		if (listening !== null) return listening;
	}
	throw new Error(
		firstPort === lastPort
			? `Port ${firstPort} is busy: set PORT to another one.`
			: `Ports ${firstPort} to ${lastPort} are busy: set PORT to another one.`,
	);
}

async function listenOnBoth(listener: RequestListener, wanted: number): Promise<Listening | null> {
	const first = await listenOn('127.0.0.1', wanted, listener);
	if (first === 'busy') return null;
	if (first === 'missing') throw new Error('This machine has no loopback interface (127.0.0.1).');
	const { port } = first.address() as AddressInfo;
	const second = await listenOn('::1', port, listener);
	if (second === 'busy') {
		await close(first);
		return null;
	}
	const servers = second === 'missing' ? [first] : [first, second];
	return {
		port,
		close: async () => {
			await Promise.all(servers.map(close));
		},
	};
}

function listenOn(
	host: string,
	port: number,
	listener: RequestListener,
): Promise<Server | 'busy' | 'missing'> {
	return new Promise((resolve, reject) => {
		const server = createServer(listener);
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') resolve('busy');
			else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('missing');
			else if (error.code === 'EACCES')
				reject(new Error(`Port ${port} needs more rights: set PORT to one above 1023.`));
			else reject(error);
		});
		server.listen({ host, port, exclusive: true }, () => resolve(server));
	});
}

function close(server: Server): Promise<void> {
	return new Promise((resolve, reject) => {
		server.close((error) => (error ? reject(error) : resolve()));
		server.closeAllConnections();
	});
}
