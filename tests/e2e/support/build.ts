import { fileURLToPath } from 'node:url';
import { buildPage } from '../../../src/gateway/build-page.ts';

export const projectDir = fileURLToPath(new URL('../../..', import.meta.url));

/** Every browser test sees the page as it is delivered. `SKIP_BUILD=1` takes the build that is there. */
export default async function build(): Promise<void> {
	if (process.env.SKIP_BUILD === '1') return;
	await buildPage({
		projectDir,
		env: process.env,
		allowedHosts: 'http://127.0.0.1:* http://localhost:*',
	});
}
