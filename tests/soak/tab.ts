import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { AdminPage } from '../e2e/support/admin-page.ts';
import type { StandIn } from '../backend/stand-in.ts';
import { factsOf, type Facts, type ShootFacts } from './model/facts.ts';
import { look, type Sight } from './page/look.ts';
import { readKept, readMarkers, type Kept } from './page/storage.ts';
import { polling, untilAttribute, untilNone, untilShown } from './waits.ts';

const lists = ['/organization', '/organization/team', '/organization/models', '/organization/invites'];

/** The tab that lies over the others, where that is known. */
const inFront = new WeakMap<BrowserContext, Tab>();

/** One tab of the browser, and what its page has been told. */
export class Tab {
	readonly admin: AdminPage;
	/** Whom the backend had when this page asked last. */
	seen: Facts = { shoots: [], joined: 0, invited: 0, deleted: 0 };

	constructor(
		readonly page: Page,
		url: string,
	) {
		this.admin = new AdminPage(page, url);
		// A new one may lie over the others.
		inFront.delete(page.context());
	}

	look(): Promise<Sight> {
		return this.page.evaluate(look);
	}

	markers(): Promise<Kept['markers']> {
		return this.page.evaluate(readMarkers);
	}

	kept(): Promise<Kept> {
		return this.page.evaluate(readKept);
	}

	/**
	 * Opens or reloads, and waits until the backend's answer is on the screen.
	 * @param asking so many tabs do that at once
	 */
	async load(standIn: StandIn, how: () => Promise<unknown>, asking = 1): Promise<void> {
		const since = standIn.log.length;
		await how();
		await this.untilAnswered(standIn, since, asking);
	}

	/** @param since how many requests there were before */
	async untilAnswered(standIn: StandIn, since: number, asking = 1): Promise<void> {
		const open = () => {
			const answers = standIn.log.slice(since).filter(({ host, method, status, finishedAt }) => {
				return host === 'api' && method === 'GET' && status === 200 && finishedAt !== null;
			});
			const times = (end: string) => answers.filter(({ path }) => path.endsWith(end)).length;
			return [...lists, '/photos/favorites'].filter((end) => times(end) < asking);
		};
		await expect.poll(open, { ...polling, message: 'the page asks for everybody' }).toEqual([]);
		await this.untilQuiet();
		this.seen = factsOf(standIn.company);
	}

	/** Nothing is awaited any more. */
	async untilQuiet(): Promise<void> {
		const isQuiet = async () => {
			const { hasMain, busy, tabs } = await this.look();
			return hasMain && !busy && typeof tabs.All === 'number';
		};
		await expect.poll(isQuiet, { ...polling, message: 'the page has an answer' }).toBe(true);
	}

	/** Before the other tabs of this browser. */
	async toFront(): Promise<void> {
		const context = this.page.context();
		if (inFront.get(context) === this) return;
		await this.page.bringToFront();
		inFront.set(context, this);
	}

	/** Everybody is in sight: no search, no other status, and no other tab of the browser before it. */
	async showAll(): Promise<void> {
		await this.toFront();
		const { path, view } = await this.look();
		if (!path.endsWith('/headshots')) await this.page.goBack();
		if (view.tab !== 'all') await this.choose('All');
		if (view.q !== '') await this.admin.search('');
	}

	/** Chooses a status. */
	async choose(label: string): Promise<void> {
		const tab = this.page.getByRole('tab', { name: new RegExp(`^${label}`) });
		await tab.click();
		await untilAttribute(tab, 'aria-selected', 'true');
	}

	/** Opens the Actions menu of a card. @returns one of its lines */
	async menuItem({ id }: ShootFacts, name: string): Promise<Locator> {
		const card = this.page.locator(`[data-key="${id}"]`);
		await card.getByRole('button', { name: /^Actions/ }).click();
		return this.page.getByRole('menuitem', { name });
	}

	/** A line that can't be chosen just now. */
	async expectBarred(item: Locator): Promise<void> {
		await untilAttribute(item, 'aria-disabled', 'true');
		await this.page.keyboard.press('Escape');
		await untilNone(this.page.getByRole('menu'));
	}

	/** Messages would lie over what is to be pressed, or be taken for the next one's. */
	async dismissMessages(): Promise<void> {
		await this.page.evaluate(() => {
			const messages = document.querySelector('[role=region][aria-label=Messages]');
			messages?.querySelectorAll<HTMLElement>('[aria-label=Dismiss]').forEach((button) => button.click());
		});
	}

	async expectMessage(words: string | RegExp): Promise<void> {
		await untilShown(this.page.getByRole('region', { name: 'Messages' }).getByText(words).last());
	}
}
