/** `npm run dev`: Vite's dev server, with a stand-in backend under `/api/v2`, signed in. */
import { createServer, type Plugin } from 'vite';
import { startStandIn } from './stand-in.ts';

const standIn = await startStandIn();
// Read by svelte.config.js: the stand-in serves its photos from a port of its own.
process.env.ALLOWED_HOSTS ??= standIn.photoOrigin;

const backend: Plugin = {
	name: 'stand-in-backend',
	configureServer(server) {
		server.middlewares.use((request, response, next) => {
			for (const [name, value] of Object.entries(standIn.pageHeaders())) response.setHeader(name, value);
			standIn.api(request, response).then((taken) => {
				if (!taken) next();
			}, next);
		});
	},
};

/** In place of the service worker that a build has left on this port: it would show that build for what is worked on. */
const leave = `
	addEventListener('install', () => skipWaiting());
	addEventListener('activate', (event) => event.waitUntil(leave()));
	async function leave() {
		for (const name of await caches.keys()) if (name.startsWith('headshot-admin:')) await caches.delete(name);
		await registration.unregister();
		for (const client of await clients.matchAll({ type: 'window' })) await client.navigate(client.url);
	}`;

const noServiceWorker: Plugin = {
	name: 'no-service-worker',
	configureServer(server) {
		server.middlewares.use('/app/admin/service-worker.js', (_, response) => {
			response.setHeader('Content-Type', 'text/javascript');
			response.setHeader('Cache-Control', 'no-store');
			response.end(leave);
		});
	},
};

const server = await createServer({ plugins: [backend, noServiceWorker] });
await server.listen();
console.log(`\n  ${server.resolvedUrls?.local[0] ?? ''}/headshots\n`);
