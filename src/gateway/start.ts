import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.ts';
import { createGateway } from './gateway.ts';
import { servePage, type ApiHandler, type PageServer } from './page-server.ts';
import { readSettings, withoutKey, type Settings } from './settings.ts';

/** Where the page's data comes from. */
interface Source {
	kind: Settings['kind'];
	/** What the terminal says of it. */
	title: string;
	/** What the page says besides its kind; may be empty. */
	label: string;
	api: ApiHandler;
	pageHeaders?: () => Record<string, string>;
	close(): Promise<void> | void;
}

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const interrupted = new AbortController();

for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort());

start(interrupted.signal).catch((error: unknown) => {
	if (interrupted.signal.aborted) process.exit(0);
	console.error(error instanceof Error ? error.message : String(error));
	process.exit(1);
});

async function start(signal: AbortSignal): Promise<void> {
	const settings = readSettings(process.env);
	const env = withoutKey(process.env);
	// From here on no child process can inherit it.
	delete process.env.HEADSHOTPRO_API_KEY;

	console.log('Building the page …');
	const allowedHosts = settings.kind === 'gateway' ? '' : 'http://127.0.0.1:* http://localhost:*';
	await buildPage({ projectDir, env, allowedHosts, signal });

	const source = await openSource(settings);
	const server = await servePage({
		buildDir: `${projectDir}build`,
		port: settings.port,
		config: { apiBase: '/api/v2', source: { kind: source.kind, label: source.label } },
		api: source.api,
		...(source.pageHeaders && { pageHeaders: source.pageHeaders }),
	});
	announce(source, server);
	await once(signal);
	await Promise.all([server.close(), source.close()]);
	process.exit(0);
}

async function openSource(settings: Settings): Promise<Source> {
	if (settings.kind === 'gateway') {
		const { host } = new URL(settings.upstream);
		const tell = (reason: string) => console.error(`  ${reason}`);
		const gateway = createGateway({ ...settings, tell });
		return { kind: 'gateway', title: `Live data from ${host}`, label: host, ...gateway };
	}
	const { startStandIn } = await import('../../tests/backend/stand-in.ts');
	const { members } = settings;
	const standIn = await startStandIn(members === undefined ? {} : { members });
	return {
		kind: 'stand-in',
		title: 'Stand-in data',
		label: '',
		api: (request, response) => standIn.api(request, response),
		pageHeaders: () => standIn.pageHeaders(),
		close: () => standIn.close(),
	};
}

function announce(source: Source, server: PageServer): void {
	const hint = source.kind === 'stand-in' ? ' (set HEADSHOTPRO_API_KEY to use your own team)' : '';
	console.log(`\n  ${source.title}${hint}`);
	console.log(`  ${server.origin}/app/admin/headshots`);
	console.log('\n  Ctrl-C stops it.\n');
}

function once(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
