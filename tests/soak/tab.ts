import { expect, type Page } from '@playwright/test';
import { AdminPage } from '../e2e/support/admin-page.ts';
import type { StandIn } from '../backend/stand-in.ts';
import { factsOf, type Facts } from './model/facts.ts';
import { look, type Sight } from './page/look.ts';
import { readKept, type Kept } from './page/storage.ts';

const lists = ['/organization', '/organization/team', '/organization/models', '/organization/invites'];

/** Often enough that a walk of hundreds of steps needn't wait for its own looks. */
export const polling = { intervals: [20, 30, 50, 100, 200], timeout: 20_000 };

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
	}

	look(): Promise<Sight> {
		return this.page.evaluate(look);
	}

	kept(): Promise<Kept> {
		return this.page.evaluate(readKept);
	}

	/** Opens or reloads, and waits until the backend's answer is on the screen. */
	async load(standIn: StandIn, how: () => Promise<unknown>): Promise<void> {
		const since = standIn.log.length;
		await how();
		await this.untilAnswered(standIn, since);
	}

	/** @param since how many requests there were before */
	async untilAnswered(standIn: StandIn, since: number): Promise<void> {
		const open = () => {
			const answers = standIn.log.slice(since).filter(({ host, method, status, finishedAt }) => {
				return host === 'api' && method === 'GET' && status === 200 && finishedAt !== null;
			});
			return [...lists, '/photos/favorites'].filter((end) => !answers.some(({ path }) => path.endsWith(end)));
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

	/** Everybody is in sight: no search, no other status, and no other tab of the browser before it. */
	async showAll(): Promise<void> {
		await this.page.bringToFront();
		const { path, view } = await this.look();
		if (!path.endsWith('/headshots')) await this.page.goBack();
		if (view.tab !== 'all') await this.choose('All');
		if (view.q !== '') await this.admin.search('');
	}

	/** Chooses a status. */
	async choose(label: string): Promise<void> {
		const tab = this.page.getByRole('tab', { name: new RegExp(`^${label}`) });
		await tab.click();
		await expect(tab).toHaveAttribute('aria-selected', 'true');
	}

	/** Messages would lie over what is to be pressed, or be taken for the next one's. */
	async dismissMessages(): Promise<void> {
		await this.page.evaluate(() => {
			const messages = document.querySelector('[role=region][aria-label=Messages]');
			messages?.querySelectorAll<HTMLElement>('[aria-label=Dismiss]').forEach((button) => button.click());
		});
	}

	async expectMessage(words: string | RegExp): Promise<void> {
		await expect(this.page.getByRole('region', { name: 'Messages' }).getByText(words).last()).toBeVisible();
	}
}
