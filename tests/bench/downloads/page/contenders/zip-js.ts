import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import type { StartContender } from './contender';

/** Without its own workers, since it runs in one, and without compression. */
export const start: StartContender = (sink) => {
	configure({ useWebWorkers: false });
	const lastModDate = new Date();
	const writer = new ZipWriter(new WritableStream<Uint8Array>({ write: (chunk) => sink.append(chunk) }), {
		level: 0,
		lastModDate,
		extendedTimestamp: false,
	});
	return {
		add: async (path, bytes) => void (await writer.add(path, new Uint8ArrayReader(bytes))),
		async finish() {
			await writer.close();
			return null;
		},
	};
};
