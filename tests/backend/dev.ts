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

const server = await createServer({ plugins: [backend] });
await server.listen();
console.log(`\n  ${server.resolvedUrls?.local[0] ?? ''}/headshots\n`);
