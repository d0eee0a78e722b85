import type { ServerResponse } from 'node:http';
import { test as base, type Page } from '@playwright/test';
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
	/** A file of the host's own, e.g. its service worker. */
	extra?: HostServerOptions['extra'];
}

export interface Embedded extends AdminPage {
	standIn: StandIn;
	origin: string;
	scripts: string | null;
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
				extra,
				...backend
			} = setup;
			const standIn = await startStandIn({
				plain: true,
				headshotBytes: 60_000,
				...(tokens ? { auth: { kind: 'bearer', tokens: ['good'] } } : {}),
				...backend,
			});
			const scripts = crossOrigin ? await serveScripts() : null;
			let asked = 0;
			const host = await serveHost({
				standIn,
				config: {
					...(attributes && { attributes }),
					...(elements !== undefined && { elements }),
					hostile,
					...(keep && { keep }),
					...(tokens && { tokenUrl: '/token' }),
				},
				...(scripts && { script: `${scripts.origin}/embed/headshot-admin.js` }),
				...(scriptAgain && { scriptAgain }),
				policy: hostPolicy({
					script: scripts?.origin ?? null,
					api: null,
					photos: standIn.photoOrigin,
					...(withoutWorkers && { withoutWorkers }),
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
			const admin = new AdminPage(page, `${host.origin}/headshots`);
			await admin.open();
			return Object.assign(admin, { standIn, origin: host.origin, scripts: scripts?.origin ?? null });
		});
		for (const end of ends) await end();
		test.expect(complaints.filter((line) => !line.startsWith('network: '))).toEqual([]);
		test.expect(violations).toEqual([]);
	},
});

export const { expect } = test;

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
