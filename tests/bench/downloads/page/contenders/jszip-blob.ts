import JSZip from 'jszip';
import type { StartContender } from './contender';

/** As everybody uses it. It holds all photos, and joins the archive in memory. */
export const start: StartContender = () => {
	const zip = new JSZip();
	return {
		add: (path, bytes) => void zip.file(path, bytes, { binary: true, createFolders: false }),
		finish: () => zip.generateAsync({ type: 'blob', compression: 'STORE', streamFiles: true }),
	};
};
