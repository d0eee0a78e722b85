import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { buildPage } from '../../../src/gateway/build-page.ts';
import { readSettings, withoutKey } from '../../../src/gateway/settings.ts';

const key = 'hsp_live_0123456789abcdef';
const projectDir = fileURLToPath(new URL('../../..', import.meta.url));

test('with a key the gateway is on, without one the stand-in', () => {
	expect(readSettings({ HEADSHOTPRO_API_KEY: ` ${key}\n` })).toEqual({
		kind: 'gateway',
		port: 4173,
		key,
		upstream: 'https://server.headshotpro.com/api/v2',
	});
	expect(readSettings({ HEADSHOTPRO_API_KEY: '', PORT: '8080', HEADSHOTS_MEMBERS: '45' })).toEqual({
		kind: 'stand-in',
		port: 8080,
		members: 45,
	});
	expect(readSettings({})).toEqual({ kind: 'stand-in', port: 4173, members: undefined });
});

test.each([
	['https://api.example/v2/', 'https://api.example/v2'],
	['http://localhost:3000/api/v2', 'http://localhost:3000/api/v2'],
	['http://[::1]:3000/api/v2', 'http://[::1]:3000/api/v2'],
])('the API may be at %s', (HEADSHOTPRO_API_URL, upstream) =>
	expect(readSettings({ HEADSHOTPRO_API_KEY: key, HEADSHOTPRO_API_URL })).toMatchObject({ upstream }),
);

test.each([
	['HEADSHOTPRO_API_URL', 'http://api.example/v2'],
	['HEADSHOTPRO_API_URL', 'http://10.0.0.1/v2'],
	['HEADSHOTPRO_API_URL', 'ftp://api.example'],
	['HEADSHOTPRO_API_URL', 'api.example'],
	['HEADSHOTPRO_API_URL', 'https://user:password@api.example'],
	['HEADSHOTPRO_API_URL', 'https://api.example/?a=b'],
	['PORT', '-1'],
	['PORT', '65536'],
	['PORT', 'http'],
	['HEADSHOTS_MEMBERS', 'many'],
])('%s=%s is refused', (name, value) => {
	const env = name === 'HEADSHOTS_MEMBERS' ? {} : { HEADSHOTPRO_API_KEY: key };
	expect(() => readSettings({ ...env, [name]: value })).toThrow(name);
});

test('no child process inherits the key, under whatever name', async () => {
	expect(withoutKey({ HEADSHOTPRO_API_KEY: `${key}\n`, COPY: `x${key}`, PATH: '/bin' })).toEqual({
		PATH: '/bin',
	});

	const folder = await mkdtemp(join(tmpdir(), 'build-env-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const builder = join(folder, 'builder.cjs');
	await writeFile(builder, `require('fs').writeFileSync('env.json', JSON.stringify(process.env))`);
	const build = async (env: NodeJS.ProcessEnv) => {
		await buildPage({ projectDir: folder, env, allowedHosts: 'http://localhost:*', builder: [builder] });
		return readFile(join(folder, 'env.json'), 'utf8');
	};
	const text = await build({ PATH: process.env.PATH, HEADSHOTPRO_API_KEY: key });
	expect(text).not.toContain(key);
	expect(JSON.parse(text)).toMatchObject({ ALLOWED_HOSTS: 'http://localhost:*' });
	expect(JSON.parse(await build({ ALLOWED_HOSTS: 'https://mine' }))).toMatchObject({
		ALLOWED_HOSTS: 'https://mine',
	});
});

test('a failed build shows what the builder said', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'build-fails-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const builder = join(folder, 'builder.cjs');
	await writeFile(builder, `console.error('line 3: unexpected'); process.exit(2)`);
	const building = buildPage({ projectDir: folder, env: {}, allowedHosts: '', builder: [builder] });
	await expect(building).rejects.toThrow(/line 3: unexpected[^]*could not be built/);
});

test('a key that can’t be used ends the start with one sentence that doesn’t quote it', async () => {
	const child = spawn(process.execPath, ['--import', 'tsx', 'src/gateway/start.ts'], {
		cwd: projectDir,
		env: { ...process.env, HEADSHOTPRO_API_KEY: 'hsp_live_0123 456789' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
	const code = await new Promise((resolve) => child.once('close', resolve));
	expect(code).toBe(1);
	expect(output.trim().split('\n')).toHaveLength(1);
	expect(output).toContain('The API key holds spaces');
	expect(output).not.toMatch(/0123|456789/);
});
