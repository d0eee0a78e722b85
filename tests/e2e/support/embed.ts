import type { ServerResponse } from 'node:http';
import { test as base, type Page } from '@playwright/test';
import { listenOnLoopback } from '../../../src/gateway/listen.ts';
import { startStandIn, type StandIn, type StandInOptions } from '../../backend/stand-in.ts';
import { hostPolicy } from '../../host/policy.ts';
import { serveHost, serveScripts, type HostServerOptions } from '../../host/serve-host.ts';
import { AdminPage } from './admin-page.ts';
import { watch } from './fixtures.ts';

export interface HostSetup extends StandInOptions {
	/** Attributes of the element. */
	attributes?: Record<string, string>;
	elements?: number;
	/** False: the dashboard's styles are harmless. */
	hostile?: boolean;
	keep?: boolean;
	/** The host gives tokens, and these are what its server answers, one after another; the last for good. */
	tokens?: string[];
	/** Answers in place of the host's token server, when it returns true. */
	onToken?: (response: ServerResponse) => boolean;
	/** The script comes from another origin than the page. */
	crossOrigin?: boolean;
	withoutWorkers?: boolean;
	/** A second copy of the script. */
	scriptAgain?: string;
	/** Another backend, on another origin, with a company of its own. */
	second?: StandInOptions;
	/** The host is made as the README says for this framework. */
	snippet?: 'vue' | 'react' | 'svelte';
	/** A file of the host's own, e.g. its service worker. */
	extra?: HostServerOptions['extra'];
}

export interface Embedded extends AdminPage {
	standIn: StandIn;
	origin: string;
	scripts: string | null;
	/** The other backend, and what `api-base` says for it. */
	second: { standIn: StandIn; apiBase: string } | null;
}

interface Fixtures {
	/** Starts a backend and the Vue dashboard with the element in it, and opens it. */
	openHost: (setup?: HostSetup) => Promise<Embedded>;
	complaints: string[];
	/** Every Content-Security-Policy or Trusted Types violation of the page, with its directive. */
	violations: string[];
}

export const test = base.extend<Fixtures>({
	complaints: async ({ page }, use) => {
		const complaints: string[] = [];
		watch(page, complaints);
		await use(complaints);
	},

	violations: async ({ page }, use) => {
		const violations: string[] = [];
		await countViolations(page, violations);
		await use(violations);
	},

	openHost: async ({ page, complaints, violations }, use) => {
		const ends: (() => Promise<void>)[] = [];
		await use(async (setup = {}) => {
			const {
				attributes,
				elements,
				hostile = true,
				keep,
				tokens,
				onToken,
				crossOrigin,
				withoutWorkers,
				scriptAgain,
				second: another,
				snippet,
				extra,
				...backend
			} = setup;
			const usual: StandInOptions = {
				plain: true,
				headshotBytes: 60_000,
				...(tokens ? { auth: { kind: 'bearer', tokens: ['good'] } } : {}),
			};
			const standIn = await startStandIn({ ...usual, ...backend });
			const scripts = crossOrigin ? await serveScripts() : null;
			const second = another ? await openSecond({ ...usual, ...another }) : null;
			let asked = 0;
			const host = await serveHost({
				standIn,
				config: {
					...(attributes && { attributes }),
					...(elements !== undefined && { elements }),
					hostile,
					...(keep && { keep }),
					...(tokens && { tokenUrl: '/token' }),
					...(snippet && { snippet }),
				},
				...(snippet && { scriptFirst: true }),
				...(scripts && { script: `${scripts.origin}/embed/headshot-admin.js` }),
				...(scriptAgain && { scriptAgain }),
				policy: hostPolicy({
					script: scripts?.origin ?? null,
					api: second && new URL(second.apiBase).origin,
					photos: [standIn, ...(second ? [second.standIn] : [])].map((one) => one.photoOrigin).join(' '),
					...(withoutWorkers && { withoutWorkers }),
					...(snippet === 'svelte' && { withSvelte: true }),
				}),
				extra(request, response) {
					if (request.url === '/token' && tokens) {
						if (onToken?.(response)) return true;
						response.end(tokens[Math.min(asked++, tokens.length - 1)]);
						return true;
					}
					return extra?.(request, response) ?? false;
				},
			});
			ends.push(host.close, standIn.close, ...(scripts ? [scripts.close] : []));
			if (second) {
				second.mayCall.push(host.origin);
				ends.push(second.close);
			}
			const admin = new AdminPage(page, `${host.origin}/headshots`);
			await admin.open();
			return Object.assign(admin, {
				standIn,
				origin: host.origin,
				scripts: scripts?.origin ?? null,
				second,
			});
		});
		for (const end of ends) await end();
		test.expect(complaints.filter((line) => !line.startsWith('network: '))).toEqual([]);
		test.expect(violations).toEqual([]);
	},
});

export const { expect } = test;

/** A backend on an origin of its own. `mayCall` are the origins whose pages may call it. */
async function openSecond(options: StandInOptions) {
	const mayCall: string[] = [];
	const standIn = await startStandIn({ ...options, allowedOrigins: mayCall });
	const { port, close } = await listenOnLoopback((request, response) => {
		standIn.api(request, response).catch(() => response.destroy());
	}, 0);
	return {
		standIn,
		mayCall,
		apiBase: `http://localhost:${port}/api/v2`,
		async close() {
			await close();
			await standIn.close();
		},
	};
}

/** Reports every violation from the first script on, of each page of the context that is opened later, too. */
export async function countViolations(page: Page, violations: string[]): Promise<void> {
	const context = page.context();
	await context.exposeFunction('reportViolation', (line: string) => violations.push(line));
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const line = `${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`;
			void (window as unknown as { reportViolation(line: string): void }).reportViolation(line);
		});
	});
}

/** What the host has heard so far. */
export function told(page: Page): Promise<{ type: string; detail: unknown }[]> {
	return page.evaluate(
		() => (window as unknown as { told?: { type: string; detail: unknown }[] }).told ?? [],
	);
}
