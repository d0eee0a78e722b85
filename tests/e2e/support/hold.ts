import type { Page } from '@playwright/test';
import type { StandIn } from '../../backend/stand-in.ts';
import { favorites } from './company.ts';

export interface Hold {
	/** Requests that were held so far. */
	count(): number;
	/** Lets them go, and all that come. */
	release(): void;
}

/** Keeps requests of a page and its workers from their server: who waits for them runs as long as a test looks. */
export async function hold(page: Page, url: RegExp): Promise<Hold> {
	let count = 0;
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(url, async (route) => {
		count++;
		await released;
		// Whoever asked may have gone meanwhile.
		await route.continue().catch(() => {});
	});
	return { count: () => count, release };
}

/** Holds the headshot that a download asks for last. */
export async function holdLast(page: Page, standIn: StandIn): Promise<Hold> {
	return hold(page, new RegExp(`/shoots/${favorites(standIn).at(-1)!.id}/.*headshot`));
}
