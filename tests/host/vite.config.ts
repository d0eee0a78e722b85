import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { hostDir } from './folder.ts';
import { readmeSnippets } from './readme-snippets.ts';

/** A dashboard of somebody else's: it shares nothing with the element but a tag and a script's address. */
export default defineConfig({
	root: fileURLToPath(new URL('.', import.meta.url)),
	base: '/',
	plugins: [
		vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'headshot-admin' } } }),
		svelte({ configFile: false }),
		readmeSnippets(),
	],
	build: {
		outDir: hostDir,
		emptyOutDir: true,
		// A style sheet in an address would be against the policy.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
	},
});
