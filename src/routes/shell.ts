import { base } from '$app/paths';
import { version } from '$app/environment';
import { trusted } from '$lib/worker/open';

/*
 * The page's side of its service worker: registers it, tells of a new version, and takes it away.
 */

const CACHES = 'headshot-admin:';
const SCRIPT = `${base}/service-worker.js`;
const SCOPE = `${base}/`;
/** How often an open page asks for a new version, in ms. */
const ASK_EVERY = 60 * 60_000;

export interface Shell {
	/** Stops listening; the service worker stays. */
	stop(): void;
}

/**
 * Registers the service worker, and tells when a new version waits.
 * @param onwaiting gets what lets the new version take over; the page then has to be loaded again
 */
export function startShell(onwaiting: (takeOver: () => Promise<void>) => void): Shell {
	const over = new AbortController();
	void follow(onwaiting, over.signal).catch((error: unknown) => {
		console.info('The page is not kept for when there is no network.', error);
	});
	return { stop: () => over.abort() };
}

/** Takes away the service worker and all that it keeps. */
export async function removeShell(): Promise<void> {
	const registration = await ours();
	await registration?.unregister();
	// Plain http in a local network has none.
	if (!('caches' in globalThis)) return;
	// One that is being installed may be filling its cache.
	for (let tries = 0; tries < 50; tries++) {
		const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
		await Promise.all(names.map((name) => caches.delete(name)));
		if (!registration?.installing || registration.installing.state === 'redundant') return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function follow(
	onwaiting: (takeOver: () => Promise<void>) => void,
	signal: AbortSignal,
): Promise<void> {
	if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
	const there = await navigator.serviceWorker.getRegistration(SCOPE);
	const other = there?.scope === new URL(SCOPE, location.origin).href ? scriptOf(there) : null;
	if (other !== null && other !== SCRIPT) {
		console.info(`The page leaves the service worker of its host alone (${other}).`);
		return;
	}
	const registration = await navigator.serviceWorker.register(trusted(SCRIPT), {
		scope: SCOPE,
		updateViaCache: 'none',
	});
	if (signal.aborted) return;
	const look = () => void mind(registration, onwaiting);
	registration.addEventListener('updatefound', () => watch(registration.installing, look), { signal });
	watch(registration.installing, look);
	look();
	const ask = setInterval(() => void registration.update().catch(() => {}), ASK_EVERY);
	signal.addEventListener('abort', () => clearInterval(ask));
}

function watch(installing: ServiceWorker | null, look: () => void): void {
	installing?.addEventListener('statechange', () => installing.state === 'installed' && look());
}

/** A new version waits: of what this page is already made of, it takes over at once; else somebody has to press. */
async function mind(
	registration: ServiceWorkerRegistration,
	onwaiting: (takeOver: () => Promise<void>) => void,
): Promise<void> {
	const { waiting, active } = registration;
	if (!waiting || !active) return;
	const takeOver = () => {
		const done = new Promise<void>((resolve) => {
			const look = () => waiting.state === 'activated' && resolve();
			waiting.addEventListener('statechange', look);
			// Somebody may have pressed in another tab.
			look();
		});
		waiting.postMessage('take-over');
		return done;
	};
	if ((await versionOf(waiting)) === version) void takeOver();
	else onwaiting(takeOver);
}

function versionOf(worker: ServiceWorker): Promise<unknown> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = ({ data }) => {
			port1.close();
			resolve(data);
		};
		worker.postMessage('version', [port2]);
	});
}

async function ours(): Promise<ServiceWorkerRegistration | null> {
	if (!('serviceWorker' in navigator)) return null;
	const registrations = await navigator.serviceWorker.getRegistrations();
	return registrations.find((one) => scriptOf(one) === SCRIPT) ?? null;
}

function scriptOf({ active, waiting, installing }: ServiceWorkerRegistration): string | null {
	const worker = active ?? waiting ?? installing;
	return worker && new URL(worker.scriptURL).pathname;
}
