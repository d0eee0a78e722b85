import { Zip, ZipPassThrough } from 'fflate';
import type { StartContender } from './contender';

/** Its streaming writer, without compression. It writes no Zip64: 4 GB and 65,535 files at most. */
export const start: StartContender = (sink) => {
	let failure: Error | null = null;
	const zip = new Zip((error, chunk) => {
		if (error) failure = error;
		else sink.append(chunk);
	});
	return {
		add(path, bytes) {
			if (failure) throw failure;
			const file = new ZipPassThrough(path);
			zip.add(file);
			file.push(bytes, true);
		},
		async finish() {
			zip.end();
			if (failure) throw failure;
			return null;
		},
	};
};
