import 'fake-indexeddb/auto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createThumbnailsApi } from '$lib/offline/job/api';

test('a photo host that never answers holds up nobody for long', async () => {
	const asked = vi.fn();
	const server = createServer(asked).listen(0, '127.0.0.1');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	await vi.waitUntil(() => server.listening);
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.jpg`;
	await createThumbnailsApi({ stallMs: 50 }).keep('acme', [{ photoId: 'a', url }]);
	expect(asked).toHaveBeenCalledOnce();
});
