import { fileURLToPath } from 'node:url';
import { buildPage } from '../../../src/gateway/build-page.ts';

export const projectDir = fileURLToPath(new URL('../../..', import.meta.url));

const vite = 'node_modules/vite/bin/vite.js';

/** Every browser test sees what is delivered: the page, the custom element, and a dashboard to put it in. */
export default async function build(): Promise<void> {
	// `SKIP_BUILD=1` takes the builds that are there.
	if (process.env.SKIP_BUILD === '1') return;
	const options = { projectDir, env: process.env, allowedHosts: 'http://127.0.0.1:* http://localhost:*' };
	// The page first: its build begins with an empty folder.
	await buildPage(options);
	await buildPage({ ...options, builder: [vite, 'build', '--mode', 'embed'] });
	await buildPage({ ...options, builder: [vite, 'build', '--config', 'tests/host/vite.config.ts'] });
}
