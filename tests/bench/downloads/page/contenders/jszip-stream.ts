import JSZip from 'jszip';
import type { StartContender } from './contender';

/** It freezes the list of files when it starts to write, so all photos are held until then. */
export const start: StartContender = (sink) => {
	const zip = new JSZip();
	return {
		add: (path, bytes) => void zip.file(path, bytes, { binary: true, createFolders: false }),
		finish: () =>
			new Promise((resolve, reject) => {
				zip
					.generateInternalStream({ type: 'uint8array', compression: 'STORE', streamFiles: true })
					.on('data', (chunk) => sink.append(chunk))
					.on('error', reject)
					.on('end', () => resolve(null))
					.resume();
			}),
	};
};
