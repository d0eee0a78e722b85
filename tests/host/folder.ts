import { fileURLToPath } from 'node:url';

/** Where the dashboard is built: not beside the page's own build, which is put on servers. */
export const hostDir = fileURLToPath(
	new URL('../../node_modules/.cache/headshot-admin/host', import.meta.url),
);
