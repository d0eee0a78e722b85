import type { Page } from '@playwright/test';
import { Deployment } from '../e2e/support/deployment.ts';
import { watch } from '../e2e/support/fixtures.ts';
import { killPages } from '../e2e/support/processes.ts';
import type { StandIn } from '../backend/stand-in.ts';
import type { FaultBook } from './model/faults.ts';
import type { Facts } from './model/facts.ts';
import type { Marks } from './model/marks.ts';
import { backendOptions, Organization, startOther } from './model/organization.ts';
import { keptShoots, type KeptShoot } from './page/storage.ts';
import { Tab } from './tab.ts';

/** An archive goes into a file early and is flushed often: what large downloads do, with small ones. */
const limits = {
	memoryBytes: 60_000,
	flushBytes: 30_000,
	backoffMs: 10,
	backoffCapMs: 50,
	tries: 5,
	pauses: 5,
	pauseCapMs: 300,
	stallMs: 3_000,
	probeMs: 100,
};

/** The first tab moves as little as people may ask for, which saves time; the second as it is made. */
type Motion = 'calm' | 'lively';

/** Backend, browser and model of one walk. */
export class World {
	/** The one that is signed in. */
	current: Organization;
	/** What the page must never do. */
	readonly complaints: string[] = [];
	readonly tally = { kills: 0, downloads: 0, archives: 0, continued: 0, reloads: 0 };
	/** The tab that downloads. */
	first!: Tab;
	second!: Tab;
	online = true;

	private constructor(
		readonly place: Deployment,
		readonly organizations: readonly [Organization, Organization],
	) {
		this.current = organizations[0];
	}

	static async start(seed: number): Promise<World> {
		const place = await Deployment.start(backendOptions(seed), limits);
		const world = new World(place, [new Organization(place.standIn), await startOther(seed + 1_000_000)]);
		await world.browse();
		return world;
	}

	get standIn(): StandIn {
		return this.current.standIn;
	}

	get marks(): Marks {
		return this.current.marks;
	}

	get faults(): FaultBook {
		return this.current.faults;
	}

	/** Somebody of the other organization signs in; the tabs don't know yet. */
	signInAsOther(): void {
		const [one, other] = this.organizations;
		this.current = this.current === one ? other : one;
		this.place.standIn = this.current.standIn;
	}

	/** The backend that the browser's end doesn't end. */
	async end(): Promise<void> {
		for (const { standIn } of this.organizations) if (standIn !== this.standIn) await standIn.close();
	}

	get tabs(): [Tab, Tab] {
		return [this.first, this.second];
	}

	/** Starts the browser, with what it has kept, and opens both tabs. */
	async browse(): Promise<void> {
		const { page } = await this.place.browse();
		await page.context().setOffline(!this.online);
		this.first = await this.#take(page, 'calm');
		this.second = await this.#another('lively');
		await Promise.all(this.tabs.map((tab) => this.#open(tab, 2)));
	}

	/** SIGKILL to all of the browser, in whatever it does; then it is started again. */
	async killBrowser(): Promise<void> {
		this.tally.kills++;
		await this.place.kill();
		await this.browse();
	}

	/** SIGKILL to the processes of all pages; the browser stays, and the tabs are opened anew. */
	async killPages(): Promise<void> {
		this.tally.kills++;
		const gone = this.tabs.map(({ page }) => page.waitForEvent('crash'));
		killPages();
		await Promise.all(gone);
		const before = this.tabs;
		[this.first, this.second] = await Promise.all([this.#another('calm'), this.#another('lively')]);
		await Promise.all(before.map(({ page }) => page.close()));
		await Promise.all(this.tabs.map((tab) => this.#open(tab, 2)));
	}

	/** One tab's page dies; the other one lives. */
	async crash(tab: Tab): Promise<void> {
		this.tally.kills++;
		const session = await tab.page.context().newCDPSession(tab.page);
		const gone = tab.page.waitForEvent('crash');
		// Nobody answers.
		session.send('Page.crash').catch(() => {});
		await gone;
		const anew = await this.#another(tab === this.first ? 'calm' : 'lively');
		await tab.page.close();
		if (tab === this.first) this.first = anew;
		else this.second = anew;
		await this.#open(anew);
	}

	/** Opens the page in a tab, from the network or from what is kept. @param asking so many tabs at once */
	async #open(tab: Tab, asking = 1): Promise<void> {
		await this.#load(tab, () => tab.page.goto(tab.admin.url, { waitUntil: 'commit' }), asking);
	}

	async reload(tab: Tab): Promise<void> {
		this.tally.reloads++;
		await this.#load(tab, () => tab.page.reload({ waitUntil: 'commit' }), 1);
	}

	/** The page asks for everybody anew, by itself. */
	async renew(tab: Tab, how: () => Promise<unknown>): Promise<void> {
		await this.#load(tab, how, 1);
	}

	async #load(tab: Tab, how: () => Promise<unknown>, asking: number): Promise<void> {
		if (this.online) {
			await tab.load(this.standIn, how, asking);
			this.current.remember(tab.seen);
		} else {
			await how();
			await tab.untilQuiet();
			const { snapshots } = await tab.kept();
			tab.seen = keptAmong(this.current.shown, keptShoots(snapshots, this.current.uid) ?? []);
		}
	}

	async #another(motion: Motion): Promise<Tab> {
		const page = await this.first.page.context().newPage();
		return this.#take(page, motion);
	}

	async #take(page: Page, motion: Motion): Promise<Tab> {
		page.setDefaultTimeout(20_000);
		await shrink(page);
		if (motion === 'calm') await page.emulateMedia({ reducedMotion: 'reduce' });
		watch(page, this.complaints);
		return new Tab(page, this.place.url);
	}
}

/** All members are in sight, in a quarter of the pixels: drawing them would take most of a walk's time. */
async function shrink(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setDeviceMetricsOverride', {
		width: 1_280,
		height: 2_400,
		deviceScaleFactor: 0.5,
		mobile: false,
	});
}

/** What was kept must have been true once. */
function keptAmong(shown: readonly Facts[], shoots: KeptShoot[]): Facts {
	const key = (ids: [string, string | null][]) => JSON.stringify(ids);
	const kept = key(shoots.map(({ id, favorite }) => [id, favorite?.photoId ?? null]));
	const found = shown.findLast(
		(one) => key(one.shoots.map(({ id, favoriteId }) => [id, favoriteId])) === kept,
	);
	if (!found) throw new Error('What is kept of the members was never true.');
	return found;
}
