import adapter from '@sveltejs/adapter-static';

/** Origins, besides the page's own, that the page may call and show pictures from (space-separated). */
const allowedHosts = (
	process.env.ALLOWED_HOSTS ?? 'https://server.headshotpro.com https://cdn.headshotpro.com'
)
	.split(/\s+/)
	.filter(Boolean);

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// A single-page app: any static host serves it under the base path with this fallback.
		adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html' }),
		// Vitest's browser mode serves its own page from the root and hangs under a base path.
		paths: { base: process.env.VITEST ? '' : '/app/admin', relative: false },
		// Registered by hand (src/routes/shell.ts), when the members are there.
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'worker-src': ['self'],
				// The hash is that of the one style attribute that SvelteKit's own root brings (its route announcer).
				'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				// blob: is a thumbnail that this browser keeps.
				'img-src': ['self', 'blob:', ...allowedHosts],
				'connect-src': ['self', ...allowedHosts],
				'font-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				// Svelte's own for its templates, SvelteKit's for its service worker, ours for workers: no other text
				// becomes markup or script.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'headshot-admin'],
			},
		},
	},
};
