import * as Comlink from 'comlink';
import type { Contender } from '../settings';
import type { StartContender } from './contenders/contender';
import { fetchAll, type Wanted } from './fetch-all';
import { openSink } from './sink';

/** Who runs in this worker; the product has its own. */
export type Peer = Exclude<Contender, 'product' | 'press'>;

const loaders: Record<Peer, () => Promise<{ start: StartContender }>> = {
	floor: () => import('./contenders/floor'),
	'client-zip': () => import('./contenders/client-zip'),
	fflate: () => import('./contenders/fflate'),
	'zip.js': () => import('./contenders/zip-js'),
	'jszip-stream': () => import('./contenders/jszip-stream'),
	'jszip-blob': () => import('./contenders/jszip-blob'),
};

let start: StartContender;

const api = {
	/** Before anything is measured. */
	async load(peer: Peer): Promise<void> {
		({ start } = await loaders[peer]());
	},

	/** @returns the archive, where it isn't in the file */
	async run(photos: Wanted[]): Promise<Blob | null> {
		const sink = await openSink();
		const contender = start(sink);
		await fetchAll(photos, (path, bytes) => contender.add(path, bytes));
		const blob = await contender.finish();
		sink.close();
		return blob;
	},
};

export type ContenderApi = typeof api;

Comlink.expose(api);
