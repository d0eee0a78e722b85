import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { embedConfig } from './src/embed/bundle.ts';
import { together } from './src/chunks.ts';
import { leanJSZip } from './src/lean-jszip.ts';

import { commands } from './tests/browser/commands.ts';
import { chromiumArgs } from './tests/browser/launch.ts';

const page: ViteUserConfig = {
	// What the first members wait for.
	plugins: [
		sveltekit(),
		leanJSZip(),
		together([
			{ name: 'first', roots: ['/src/routes/+layout.svelte', '/src/routes/headshots/+page.svelte'] },
		]),
	],
	worker: { format: 'es', plugins: () => [leanJSZip()] },
	optimizeDeps: {
		// Imported by workers, or by what comes later: found late, they would make the dev server reload the page mid-job.
		include: [
			'comlink',
			'jszip',
			'ky',
			'valibot',
			'@foxglove/crc',
			'file-saver',
			'papaparse',
			'idb',
			'virtua/svelte',
			'bits-ui',
		],
	},
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/unit/**/*.test.ts'],
					// A busy machine must not pass for a test that fails.
					testTimeout: 30_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'component',
					include: ['tests/component/**/*.test.ts'],
					// Vitest would leave one core to itself, and of the command line a browser's workers hear nothing.
					maxWorkers: 2,
					// A busy machine must not pass for a test that fails: a worker alone may take a second to start.
					expect: { poll: { timeout: 10_000 } },
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						commands,
						provider: playwright({
							contextOptions: { reducedMotion: 'reduce' },
							launchOptions: {
								...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
								args: chromiumArgs,
							},
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
};

/** Two ways in, two builds: the page, and (`--mode embed`) the custom element. */
export default defineConfig(({ mode }) => (mode === 'embed' ? embedConfig() : page));
