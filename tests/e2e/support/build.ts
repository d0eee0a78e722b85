import { fileURLToPath } from 'node:url';
import { buildPage } from '../../../src/gateway/build-page.ts';

export const projectDir = fileURLToPath(new URL('../../..', import.meta.url));

/** Every browser test sees the page as it is delivered. */
export default async function build(): Promise<void> {
	await buildPage({
		projectDir,
		env: process.env,
		allowedHosts: 'http://127.0.0.1:* http://localhost:*',
	});
}
