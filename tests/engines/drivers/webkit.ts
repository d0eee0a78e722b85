import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asGroup, endGroup } from '../../browser/group.ts';
import type { Browser } from './driver.ts';
import { WebDriver, WebDriverTab } from './webdriver.ts';

export interface WebKitOptions {
	/** WebKitWebDriver's executable. */
	path: string;
	/** A window that forgets everything when it is closed. */
	isPrivate?: true;
}

const window = fileURLToPath(new URL('webkit-window.py', import.meta.url));

/** Through WebDriver's classic protocol, on a screen that nobody sees. */
export async function startWebKit({ path, isPrivate }: WebKitOptions): Promise<Browser> {
	const profile = await mkdtemp(join(tmpdir(), 'headshots-profile-'));
	const downloads = join(profile, 'saved');
	await mkdir(downloads);
	const screen = await startScreen();
	const port = await freePort();
	const env = {
		...process.env,
		DISPLAY: screen.display,
		HEADSHOTS_PROFILE: isPrivate ? '' : join(profile, 'data'),
		HEADSHOTS_DOWNLOADS: downloads,
		NO_AT_BRIDGE: '1',
		GDK_BACKEND: 'x11',
		LIBGL_ALWAYS_SOFTWARE: '1',
	};
	const log: string[] = [];
	const server = startGroup(path, [`--port=${port}`], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	server.stderr!.setEncoding('utf8').on('data', (chunk: string) => log.push(chunk));
	const connect = () =>
		WebDriver.connect(`http://127.0.0.1:${port}`, {
			'webkitgtk:browserOptions': { binary: window, args: [] },
			unhandledPromptBehavior: 'accept',
			timeouts: { script: 60_000, pageLoad: 60_000, implicit: 0 },
		});
	let driver = await connect().catch(async (error: unknown) => {
		await endGroup(server);
		await endGroup(screen.process);
		throw new Error(`${String(error)}\n${log.join('')}`);
	});
	// It stays: with the last window, the session would end.
	let first = await driver.get<string>('/window');
	return {
		version: `WebKitGTK/${String(driver.capabilities.browserVersion)}`,
		downloads,
		async newTab() {
			await driver.post('/window', { handle: first });
			const { handle } = await driver.post<{ handle: string }>('/window/new', { type: 'window' });
			return new WebDriverTab(driver, handle);
		},
		async restart() {
			await driver.delete();
			driver = await connect();
			first = await driver.get('/window');
		},
		async close() {
			await driver.delete().catch(() => {});
			await endGroup(server);
			await endGroup(screen.process);
			await rm(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** Xvfb finds a display's number that is free, and says it. */
async function startScreen(): Promise<{ process: ChildProcess; display: string }> {
	const child = startGroup('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x2600x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
	const [chunk] = (await Promise.race([once(child.stdio[3]!, 'data'), failed])) as [Buffer];
	return { process: child, display: `:${chunk.toString().trim()}` };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

function startGroup(...[command, args, options]: Parameters<typeof spawn>): ChildProcess {
	return asGroup(spawn(command, args, { ...options, detached: true }));
}
