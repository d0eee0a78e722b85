/**
 * A process of its own, so that serving photos doesn't wait for whoever measures: the stand-in's API, the built page, the
 * bench's page, and a photo host that sends the same two photos from memory, whatever it is asked for.
 */

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { servePage } from '../../../src/gateway/page-server.ts';
import { readFiles, sendFile } from '../../../src/gateway/static-files.ts';
import { stamp } from '../../backend/image-bytes.ts';
import { portrait } from '../../backend/pictures.ts';
import { startStandIn, type StandIn } from '../../backend/stand-in.ts';
import type { BackendOptions, Served } from './start-backend.ts';

const HEADSHOT_BYTES = 2_500_000;
const PFP_BYTES = 500_000;

const { members, pageDir, benchDir } = JSON.parse(process.argv[2] ?? '') as BackendOptions;

const photos = await drawPhotos();
const photoOrigin = await listen((request, response) => {
	const body = request.url?.endsWith('/pfp.jpg') ? photos.pfp : photos.headshot;
	response.writeHead(200, {
		'content-type': 'image/jpeg',
		'content-length': body.length,
		'access-control-allow-origin': '*',
		// Else the second run would read from the browser's cache what the first had to fetch.
		'cache-control': 'no-store',
	});
	response.end(body);
});
const standIn = await startStandIn({
	members,
	plain: true,
	rateLimit: { perMinute: 1e6 },
	faults: [{ kind: 'replace-json', api: /\/photos\/favorites$/, edit: useOurPhotos }],
});
const page = await servePage({
	buildDir: pageDir,
	port: 0,
	config: { source: { kind: 'stand-in', label: '' } },
	api: (request, response) => standIn.api(request, response),
	pageHeaders: () => standIn.pageHeaders(),
});
const served: Served = {
	members,
	page: `${page.origin}/app/admin/headshots`,
	bench: await serveBench(standIn),
	photoOrigin,
	memberBytes: photos.headshot.length + photos.pfp.length,
};
process.send!(served);

/** Both are JPEGs, so that nobody has anything to convert; padded to their size. */
async function drawPhotos(): Promise<{ headshot: Buffer; pfp: Buffer }> {
	const large = await portrait(0, 0, 'large');
	const square = await sharp(large).resize(1024, 1024, { position: 'top' }).jpeg({ quality: 92 }).toBuffer();
	return {
		headshot: stamp(large, 'jpeg', 'headshot', HEADSHOT_BYTES),
		pfp: stamp(square, 'jpeg', 'pfp', PFP_BYTES),
	};
}

function useOurPhotos(answer: never): void {
	const { photos: favorites } = answer as {
		photos: { modelId: string; urls: { main: string }; profilePicture: { url: string } }[];
	};
	for (const { modelId, urls, profilePicture } of favorites) {
		urls.main = `${photoOrigin}/${modelId}/headshot.jpg`;
		profilePicture.url = `${photoOrigin}/${modelId}/pfp.jpg`;
	}
}

/** The page in which all but the real one run, and the API on its origin. */
async function serveBench({ api, pageHeaders }: StandIn): Promise<string> {
	const files = await readFiles(benchDir);
	const answer: RequestListener = (request, response) => {
		void api(request, response).then((handled) => {
			if (handled) return;
			const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
			const file = files.get(name);
			if (!file) return void response.writeHead(404).end();
			for (const [header, value] of Object.entries(pageHeaders())) response.setHeader(header, value);
			sendFile(response, name, file);
		});
	};
	return (await listen(answer)).replace('127.0.0.1', 'localhost');
}

async function listen(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
