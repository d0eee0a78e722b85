/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { base, build, files, version } from '$service-worker';
import { VERSION_LOCK } from '$lib/offline/version-lock';
import { isShell, referencesIn } from './shell';

/*
 * Keeps the page itself, so that it opens without a network: its HTML, scripts, styles, icons and workers. Never an
 * answer of the API, never a photo: of everything else, the browser's own ways are kept out of.
 *
 * A new version comes into a cache of its own and waits until nobody has the page open, or until somebody presses. What
 * an older version is made of stays as long as a tab runs it, which its Web Lock tells.
 */

const worker = self as unknown as ServiceWorkerGlobalScope;

const PREFIX = 'headshot-admin:shell:';
const CACHE = PREFIX + version;
/** Any address of the page gives the same HTML. */
const SHELL = `${base}/headshots`;
/** How long the network may take to answer before what is kept is shown, in ms. */
const PATIENCE = 600;
/** How long its answer is waited for to be kept, in ms: a worker that has work left holds the next version back. */
const REFRESH_WITHIN = 30_000;

const own = new Set([...build, ...files]);

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));

worker.addEventListener('message', ({ data, ports }) => {
	if (data === 'version') ports[0]?.postMessage(version);
	if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(`${base}/`))
		return;
	if (request.mode === 'navigate') event.respondWith(page(event));
	else if (own.has(url.pathname) || url.pathname.startsWith(`${base}/_app/immutable/`)) {
		event.respondWith(asset(request));
	}
});

async function install(): Promise<void> {
	const cache = await caches.open(CACHE);
	await cache.put(SHELL, await freshShell());
	// Files with a hash in their name never change; the others may be old in the browser's own cache.
	await cache.addAll(build);
	await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })));
	await addWorkers(cache, build);
}

/** The list of the build leaves out what workers are made of: their names are in the scripts that start them. */
async function addWorkers(cache: Cache, scripts: readonly string[]): Promise<void> {
	const found = new Set<string>();
	for (const script of scripts.filter((one) => one.endsWith('.js'))) {
		const text = (await (await cache.match(script))?.text()) ?? '';
		for (const reference of referencesIn(text)) {
			const { pathname } = new URL(reference, new URL(script, location.origin));
			if (!(await cache.match(pathname))) found.add(pathname);
		}
	}
	if (found.size === 0) return;
	await cache.addAll([...found]);
	await addWorkers(cache, [...found]);
}

async function activate(): Promise<void> {
	await dropUnused();
	// The page that installed it needs its parts without a network, too.
	await worker.clients.claim();
}

/** Drops what no tab runs any more. */
async function dropUnused(): Promise<void> {
	const { held = [] } = await navigator.locks.query();
	const used = new Set([version, ...held.map(({ name = '' }) => name.slice(VERSION_LOCK.length))]);
	for (const name of await caches.keys()) {
		if (name.startsWith(PREFIX) && !used.has(name.slice(PREFIX.length))) await caches.delete(name);
	}
}

/** The network's page, so that a new version comes with the next visit; without a network, the one that is kept. */
async function page(event: FetchEvent): Promise<Response> {
	const fetched = fetch(event.request);
	event.waitUntil(Promise.race([fetched.then(refresh), after(REFRESH_WITHIN)]).catch(() => {}));
	const kept = await find(SHELL, CACHE);
	if (!kept) return fetched;
	const network = fetched.then(
		// A gateway that reaches nobody answers, too.
		(response) => (response.status >= 500 ? kept : response),
		() => kept,
	);
	return Promise.race([network, after(PATIENCE).then(() => kept)]);
}

/** The host may have changed its settings in the page, without a new version. What was forgotten stays so. */
async function refresh(response: Response): Promise<void> {
	const shell = await shellOf(response.clone());
	if (shell && (await caches.has(CACHE))) await (await caches.open(CACHE)).put(SHELL, shell);
}

/** By its name it is the same wherever it comes from. */
async function asset(request: Request): Promise<Response> {
	const kept = (await find(request.url, CACHE)) ?? (await ofOlderVersion(request.url));
	return kept ?? fetch(request);
}

async function ofOlderVersion(url: string): Promise<Response | undefined> {
	for (const name of await caches.keys().catch(() => [])) {
		const found = name.startsWith(PREFIX) ? await find(url, name) : undefined;
		if (found) return found;
	}
	return undefined;
}

/** Where the browser can't read what it keeps, nothing is kept: the network may be there. */
function find(url: string, cacheName: string): Promise<Response | undefined> {
	return caches.match(url, { cacheName }).catch(() => undefined);
}

/** @throws when the address gives something else, e.g. a page to sign in on: then this version is tried again later */
async function freshShell(): Promise<Response> {
	const shell = await shellOf(await fetch(SHELL, { cache: 'no-cache', credentials: 'same-origin' }));
	if (!shell) throw new Error('The page’s address gives another page.');
	return shell;
}

/** To be kept, when it is the page of this version. */
async function shellOf(response: Response): Promise<Response | null> {
	const html = await response.text();
	// Made anew: one that a redirect led to may not answer a navigation.
	return response.ok && isShell(html, own) ? new Response(html, { headers: response.headers }) : null;
}

function after(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
