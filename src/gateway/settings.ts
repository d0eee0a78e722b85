import { isLoopbackHost } from './addresses.ts';
import { parseKey } from './credentials.ts';
import { defaultUpstream } from './gateway.ts';

/** What `npm start` shall do, read from the environment once. */
export type Settings = { port: number } & (
	{ kind: 'gateway'; key: string; upstream: string } | { kind: 'stand-in'; members: number | undefined }
);

/**
 * Reads HEADSHOTPRO_API_KEY, HEADSHOTPRO_API_URL, HEADSHOTS_MEMBERS and PORT; an empty one counts as not set.
 * Throws one sentence for a value that can't be used; it never holds the key.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
	const port = wholeNumber('PORT', env.PORT, 65535) ?? 4173;
	if (env.HEADSHOTPRO_API_KEY) {
		const upstream = parseUpstream(env.HEADSHOTPRO_API_URL || defaultUpstream);
		return { kind: 'gateway', port, key: parseKey(env.HEADSHOTPRO_API_KEY), upstream };
	}
	return {
		kind: 'stand-in',
		port,
		members: wholeNumber('HEADSHOTS_MEMBERS', env.HEADSHOTS_MEMBERS, 100_000),
	};
}

/** The environment for a child process: without the key, under whichever names it may be in there. */
export function withoutKey(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const key = env.HEADSHOTPRO_API_KEY?.trim();
	return Object.fromEntries(
		Object.entries(env).filter(
			([name, value]) => name !== 'HEADSHOTPRO_API_KEY' && !(key && value?.includes(key)),
		),
	);
}

function parseUpstream(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
	if (url === null || !isSafe)
		throw new Error('HEADSHOTPRO_API_URL must be an https address (http only on this machine).');
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
		throw new Error('HEADSHOTPRO_API_URL must be a plain address, without a password, ? or #.');
	return url.href.replace(/\/+$/, '');
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
	if (!text) return undefined;
	if (!/^\d+$/.test(text) || Number(text) > most)
		throw new Error(`${name} must be a whole number up to ${most}.`);
	return Number(text);
}
