import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { projectDir } from '../../e2e/support/build.ts';
import type { Results } from './figures.ts';

const packages = ['jszip', '@foxglove/crc', 'client-zip', '@zip.js/zip.js', 'fflate'];

export function machine(): Results['machine'] {
	const [first] = cpus();
	return {
		cpu: first?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memory: totalmem(),
		system: `${type()} ${release().split('-')[0]}`,
	};
}

/** Of everything that the figures depend on. */
export async function versions(browser: string): Promise<Results['versions']> {
	const [name = 'browser', version = ''] = browser.split(' ');
	const found: Results['versions'] = { [name]: version, Node: process.version };
	for (const one of packages) {
		const text = await readFile(`${projectDir}node_modules/${one}/package.json`, 'utf8');
		found[one] = (JSON.parse(text) as { version: string }).version;
	}
	return found;
}
