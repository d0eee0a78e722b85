import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { openArchive, type Archive } from './archive.ts';

/** The page in the words of the help article. */
export class AdminPage {
	readonly dialog: Locator;
	readonly failures: Locator;

	constructor(
		readonly page: Page,
		readonly url: string,
	) {
		this.dialog = page.getByRole('dialog');
		this.failures = this.dialog.getByRole('region', { name: /failed/ }).getByRole('listitem');
	}

	async open(): Promise<void> {
		await this.page.goto(this.url);
	}

	get finished(): Locator {
		return this.page.getByRole('region', { name: 'Finished photo shoots' });
	}

	get cards(): Locator {
		return this.finished.getByRole('listitem');
	}

	/** So many are in the Finished section; only those in sight are on the page. */
	async expectCards(count: number): Promise<void> {
		if (count === 0) await expect(this.cards).toHaveCount(0);
		else await expect(this.cards.first()).toHaveAttribute('aria-setsize', String(count));
	}

	/** The card with this text, scrolled to. */
	async card(text: string): Promise<Locator> {
		await this.search(text);
		// Until the others are gone, cards move: what is pressed now may be elsewhere in a moment.
		await expect(this.cards.filter({ hasNotText: text })).toHaveCount(0);
		const card = this.cards.filter({ hasText: text }).first();
		await expect(card).toBeVisible();
		return card;
	}

	async search(text: string): Promise<void> {
		await this.page.getByRole('searchbox').fill(text);
	}

	/** Opens the first member's gallery, and waits for it: until it is there, the list's buttons still are. */
	async viewFirstResults(): Promise<void> {
		const card = this.cards.first();
		await card.hover();
		await card.getByRole('link', { name: /View Results/ }).click();
		await expect(this.page.getByRole('tab', { name: 'Profile picture' })).toBeVisible();
	}

	/** Opens the Actions menu of the member with this text, and chooses. */
	async act(text: string, item: string): Promise<void> {
		const card = await this.card(text);
		await card.getByRole('button', { name: /Actions/ }).click();
		await this.page.getByRole('menuitem', { name: item }).click();
	}

	get actioned(): Locator {
		return this.page.getByRole('region', { name: 'Actioned' });
	}

	get downloadButton(): Locator {
		return this.finished.getByRole('button', { name: 'Download Favorites' });
	}

	get progressBar(): Locator {
		return this.dialog.getByRole('progressbar');
	}

	get cancelButton(): Locator {
		return this.dialog.getByRole('button', { name: 'Cancel', exact: true });
	}

	async startDownload(): Promise<void> {
		await this.downloadButton.click();
		await expect(this.dialog).toBeVisible();
	}

	/** Presses Download Favorites, waits for the file, and opens it. */
	async downloadFavorites(): Promise<Archive> {
		const [download] = await Promise.all([this.page.waitForEvent('download'), this.startDownload()]);
		return this.save(download);
	}

	/** Where an archive is expected that was started before. */
	async save(download: Download): Promise<Archive> {
		// Where the browser puts it, and takes it away when it ends: by a name of its own.
		return openArchive(await download.path(), download.suggestedFilename());
	}

	/** The line that says how many were saved, and how many files failed. */
	async expectOutcome(line: string): Promise<void> {
		await expect(this.dialog.getByText(line, { exact: true })).toBeVisible();
	}

	/** A line of the list of failed files: whose, which, and why. */
	async expectFailure(
		member: string,
		file: 'headshot.jpg' | 'pfp.jpg',
		reason: string | RegExp,
	): Promise<void> {
		const line = this.failures.filter({ hasText: member }).filter({ hasText: file });
		await expect(line).toHaveCount(1);
		await expect(line.getByText(reason, { exact: true })).toBeVisible();
	}

	/** A line of the notes, which are folded at first. */
	async expectNote(note: string): Promise<void> {
		const fold = this.dialog.locator('details:not([open]) > summary');
		if (await fold.isVisible()) await fold.click();
		await expect(this.dialog.getByText(note, { exact: true })).toBeVisible();
	}

	/** Why it stands still: "Waiting for the network". */
	async expectWaiting(words: string | RegExp): Promise<void> {
		await expect(this.dialog.getByText(words)).toBeVisible();
	}

	/** How much of the bar is filled, 0 to 100. */
	async progress(): Promise<number> {
		return Number((await this.progressBar.getAttribute('aria-valuenow')) ?? 0);
	}

	/** Closes the dialog of a download that has ended. */
	async close(): Promise<void> {
		await this.dialog.getByRole('button', { name: 'Close' }).click();
		await expect(this.dialog).toBeHidden();
	}

	/** Fails when a download starts between now and the end of `during`. */
	async expectNoDownload(during: () => Promise<void>): Promise<void> {
		const seen: Download[] = [];
		const remember = (download: Download) => seen.push(download);
		this.page.on('download', remember);
		await during();
		this.page.off('download', remember);
		expect(seen).toHaveLength(0);
	}
}
