import { fileURLToPath } from 'node:url';
import type { Config } from '@sveltejs/kit';
import { expect, onTestFinished, test, vi } from 'vitest';

/** JavaScript, of which TypeScript knows no types. */
const settings = fileURLToPath(new URL('../../../svelte.config.js', import.meta.url));

/** The policy that a build brings. @param allowedHosts what ALLOWED_HOSTS says; undefined: nothing */
async function directives(allowedHosts: string | undefined) {
	vi.stubEnv('ALLOWED_HOSTS', allowedHosts);
	onTestFinished(() => void vi.unstubAllEnvs());
	vi.resetModules();
	const { default: config } = (await import(settings)) as { default: Config };
	return config.kit?.csp?.directives;
}

test('as it is built for the dashboard, the page calls HeadshotPro’s API and photo host, and nobody else', async () => {
	const policy = await directives(undefined);
	const hosts = ['https://server.headshotpro.com', 'https://cdn.headshotpro.com'];
	expect(policy?.['connect-src']).toEqual(['self', ...hosts]);
	expect(policy?.['img-src']).toEqual(['self', 'blob:', ...hosts]);
	expect(policy?.['default-src']).toEqual(['none']);
});

test('ALLOWED_HOSTS is whom it calls instead; without any, only its own origin', async () => {
	const policy = await directives(' https://one.example\nhttps://two.example ');
	expect(policy?.['connect-src']).toEqual(['self', 'https://one.example', 'https://two.example']);
	expect(policy?.['img-src']).toEqual(['self', 'blob:', 'https://one.example', 'https://two.example']);
	expect((await directives(''))?.['connect-src']).toEqual(['self']);
});
