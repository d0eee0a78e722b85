/** `npm run start:host`: the Vue dashboard with the element in it, on made-up data. `TOKEN=1` signs in by tokens. */
import { spawnSync } from 'node:child_process';
import { startStandIn } from '../backend/stand-in.ts';
import { hostPolicy } from './policy.ts';
import { serveHost } from './serve-host.ts';

for (const script of ['build:embed', 'build:host']) {
	const { status } = spawnSync('npm', ['run', '-s', script], { stdio: 'inherit', shell: true });
	if (status !== 0) process.exit(status ?? 1);
}

const withToken = process.env.TOKEN === '1';
const standIn = await startStandIn(withToken ? { auth: { kind: 'bearer', tokens: ['made-up'] } } : {});
const host = await serveHost({
	standIn,
	port: Number(process.env.PORT ?? 4174),
	config: { attributes: { history: 'hash' }, ...(withToken && { tokenUrl: '/token' }) },
	policy: hostPolicy({ script: null, api: null, photos: standIn.photoOrigin }),
	extra(request, response) {
		if (request.url !== '/token') return false;
		response.end('made-up');
		return true;
	},
});
console.log(
	`\n  A dashboard with <headshot-admin> in it\n  ${host.origin}/headshots\n\n  Ctrl-C stops it.\n`,
);
