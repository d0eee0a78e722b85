import { buildPage } from '../../src/gateway/build-page.ts';
import { projectDir } from '../e2e/support/build.ts';

/** The page as it is delivered; the custom element has no part in this. */
export default async function build(): Promise<void> {
	// `SKIP_BUILD=1` takes the build that is there.
	if (process.env.SKIP_BUILD === '1') return;
	await buildPage({ projectDir, env: process.env, allowedHosts: 'http://127.0.0.1:* http://localhost:*' });
}
