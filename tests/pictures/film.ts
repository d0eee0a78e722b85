import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';

interface Point {
	x: number;
	y: number;
}

/** A frame, and how long it stays, in ms. */
interface Frame {
	png: Buffer;
	ms: number;
}

/** Of the pointer's way from one place to the next. */
const STEPS = 6;
const STEP_MS = 70;
const POINTER =
	'<path d="M2 1v19l5-4.6 3 7 3.6-1.5-3-6.9h6.9z" fill="#111" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/>';

/**
 * A short moving picture of a page, frame by frame, with a pointer that shows what is pressed. It waits for the page, not
 * the other way round: how fast the machine is can't be seen in it.
 */
export class Film {
	readonly #page: Page;
	readonly #frames: Frame[] = [];
	#pointer: Point;

	constructor(page: Page, pointer: Point) {
		this.#page = page;
		this.#pointer = pointer;
	}

	/** As the page is now, for so many ms. */
	async hold(ms: number): Promise<void> {
		this.#frames.push({ png: await this.#frame(), ms });
	}

	/** A frame at a time, each of so many ms, until it is `over`. */
	async until(over: () => Promise<boolean>, ms: number): Promise<void> {
		while (!(await over())) await this.hold(ms);
	}

	/** Moves the pointer to a control, and presses it. */
	async press(control: Locator): Promise<void> {
		const box = await control.boundingBox();
		if (!box) throw new Error('What should be pressed can’t be seen.');
		const [from, to] = [this.#pointer, { x: box.x + box.width * 0.6, y: box.y + box.height * 0.65 }];
		const screen = await this.#shot();
		for (let step = 1; step <= STEPS; step++) {
			const share = step / STEPS;
			this.#pointer = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
			this.#frames.push({ png: await this.#drawn(screen, false), ms: STEP_MS });
		}
		await control.hover();
		this.#frames.push({ png: await this.#frame(), ms: 3 * STEP_MS });
		this.#frames.push({ png: await this.#frame(true), ms: 2 * STEP_MS });
		await control.click();
	}

	/** Animated WebP, which goes on for ever. */
	async save(file: URL): Promise<void> {
		const webp = await sharp(
			this.#frames.map(({ png }) => png),
			{ join: { animated: true } },
		)
			.webp({ quality: 60, effort: 6, loop: 0, delay: this.#frames.map(({ ms }) => ms) })
			.toBuffer();
		await writeFile(file, webp);
	}

	#shot(): Promise<Buffer> {
		return this.#page.screenshot({ animations: 'disabled' });
	}

	async #frame(pressed = false): Promise<Buffer> {
		return this.#drawn(await this.#shot(), pressed);
	}

	#drawn(screen: Buffer, pressed: boolean): Promise<Buffer> {
		const ring = pressed
			? '<circle cx="24" cy="24" r="16" fill="none" stroke="#e11d48" stroke-width="3" opacity=".8"/>'
			: '';
		const pointer = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48">${ring}<g transform="translate(22 23)">${POINTER}</g></svg>`;
		const { x, y } = this.#pointer;
		return sharp(screen)
			.composite([{ input: Buffer.from(pointer), left: Math.round(x) - 24, top: Math.round(y) - 24 }])
			.png()
			.toBuffer();
	}
}
