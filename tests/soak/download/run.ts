import { expect, type Download, type Locator } from '@playwright/test';
import { photoRequests } from '../../e2e/support/requests.ts';
import { checkArchive } from '../checks/archive.ts';
import type { PlannedFile } from '../model/plan.ts';
import type { World } from '../world.ts';
import type { Prepared } from './prepare.ts';
import { polling, untilHidden, untilShown } from '../waits.ts';

/** A download on the screen. */
export class Run {
	readonly dialog: Locator;
	readonly #downloads: Download[] = [];
	readonly #before: number;
	readonly #listen = (download: Download) => void this.#downloads.push(download);
	readonly #page: World['first']['page'];

	private constructor(
		readonly world: World,
		readonly prepared: Prepared,
	) {
		this.#page = world.first.page;
		this.dialog = this.#page.getByRole('dialog', { name: 'Download Favorites' });
		this.#before = photoRequests(prepared.whose.standIn).length;
	}

	static async start(world: World, prepared: Prepared): Promise<Run> {
		const run = new Run(world, prepared);
		world.tally.downloads++;
		run.#page.on('download', run.#listen);
		await prepared.press();
		await untilShown(run.dialog);
		return run;
	}

	/** @param others how many files were asked for, beside the one that is held */
	async untilOnlyHeldLeft(others: number): Promise<void> {
		const isAlone = () => {
			const asked = photoRequests(this.prepared.whose.standIn).slice(this.#before);
			const keys = new Set(asked.map(({ shootId, file }) => `${shootId} ${file}`));
			return keys.size > others && this.prepared.whose.standIn.inFlight() === 1;
		};
		await expect.poll(isAlone, { ...polling, message: 'only the photo that hangs is left' }).toBe(true);
	}

	/** Whoever is interrupted saves nothing. */
	abandon(): void {
		this.#page.off('download', this.#listen);
		expect(this.#downloads, 'no archive of an interrupted download').toHaveLength(0);
	}

	button(name: string | RegExp): Locator {
		return this.dialog.getByRole('button', { name, exact: true });
	}

	/** Files that can't be had, and aren't here already. */
	get missing(): PlannedFile[] {
		const { prepared } = this;
		return prepared.plan.filter(({ shoot: { id }, file }) => {
			return prepared.whose.faults.lasts(id, file) && !prepared.safe.has(`${id} ${file}`);
		});
	}

	/** Waits for the end, and checks all that came of it. */
	async finish(): Promise<{ line: string; isSaved: boolean }> {
		const { world, prepared, missing } = this;
		const line = await this.#outcome();
		expect(line).toBe(outcomeOf(prepared.plan, missing));
		await this.#expectFailures(missing);
		const isSaved = missing.length < prepared.plan.length;
		await expect.poll(() => this.#downloads.length, polling).toBe(isSaved ? 1 : 0);
		this.#page.off('download', this.#listen);
		if (isSaved) {
			await checkArchive(world, this.#downloads[0]!, prepared, missing);
			const { layout, files } = prepared.order.form;
			// Whoever has only one of both pictures gets both with the next.
			if (layout === 'folders' && files === 'both') prepared.whose.delivered.add(prepared.plan, missing);
		}
		const again = photoRequests(prepared.whose.standIn)
			.slice(this.#before)
			.map(({ shootId, file }) => `${shootId} ${file}`)
			.filter((key) => prepared.safe.has(key));
		expect(again, 'nothing that was safe is fetched again').toEqual([]);
		return { line, isSaved };
	}

	async close(): Promise<void> {
		await this.button('Close').last().click();
		await untilHidden(this.dialog);
	}

	async #outcome(): Promise<string> {
		const ends = /^(\d+ of \d+ members? saved|Nothing was saved|There is nothing|The download stopped)/;
		const line = this.dialog.getByText(ends).first();
		await untilShown(line, 40_000);
		return line.innerText();
	}

	async #expectFailures(missing: PlannedFile[]): Promise<void> {
		const lines = await this.dialog
			.getByRole('region', { name: /failed/ })
			.getByRole('listitem')
			.allInnerTexts();
		const listed = lines.map(
			(text) => /(headshot|pfp)\.jpg/.exec(text)?.[1] + ' ' + /\S+@\S+/.exec(text)?.[0],
		);
		const expected = missing.map(({ shoot, file }) => `${file} ${shoot.email}`);
		expect(listed.sort(), 'the failures that are listed').toEqual(expected.sort());
	}
}

/** The sentence for a plan of which those files can't be had. */
function outcomeOf(plan: PlannedFile[], missing: PlannedFile[]): string {
	if (plan.length === 0) return 'There is nothing to download.';
	const failed = `${missing.length} ${missing.length === 1 ? 'file' : 'files'} failed`;
	if (missing.length === plan.length) return `Nothing was saved; ${failed}`;
	const members = new Set(plan.map(({ shoot }) => shoot.email));
	const lacking = new Set(missing.map(({ shoot }) => shoot.email));
	const saved = `${members.size - lacking.size} of ${members.size} ${members.size === 1 ? 'member' : 'members'} saved`;
	return missing.length === 0 ? saved : `${saved}; ${failed}`;
}
