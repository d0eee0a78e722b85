import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { layoutFindings } from './layout.ts';

interface Size {
	/** In CSS pixels. */
	width: number;
	height: number;
}

interface Look extends Size {
	colorScheme: 'light' | 'dark';
	dir?: 'rtl';
}

/** A window of 1280 × 1024 at 100, 200 and 400 %. */
const zoomed: readonly Size[] = [
	{ width: 1280, height: 1024 },
	{ width: 640, height: 512 },
	{ width: 320, height: 256 },
];
/** A phone, a tablet and a laptop. */
const devices: readonly Size[] = [
	{ width: 320, height: 640 },
	{ width: 768, height: 1024 },
	{ width: 1440, height: 900 },
];
const largest: Size = { width: 2560, height: 1440 };
const [full, , smallest] = zoomed as [Size, Size, Size];

/** The two that differ most; with `EVERY=1` each size in both schemes, and from the right to the left. */
function looksFor(widest: boolean): Look[] {
	if (process.env.EVERY !== '1') {
		return [
			{ ...full, colorScheme: 'light' },
			{ ...smallest, colorScheme: 'dark' },
		];
	}
	const sizes = [...zoomed, ...devices, ...(widest ? [largest] : [])];
	return [
		...sizes.flatMap((size): Look[] => [
			{ ...size, colorScheme: 'light' },
			{ ...size, colorScheme: 'dark' },
		]),
		{ ...full, colorScheme: 'light', dir: 'rtl' },
		{ ...smallest, colorScheme: 'light', dir: 'rtl' },
	];
}

interface Looking {
	/** What is to be in the pictures. */
	shown?: Locator;
	/** Goes to the state anew, where another size of the window ends it. */
	again?: (() => Promise<unknown>) | undefined;
	/** Also on the largest screens. */
	widest?: boolean;
}

/**
 * What is wrong with the page as it stands, in each look: what axe finds, what doesn't fit, and controls that can't be
 * seen when they have the focus. One line for each, nothing when all is well. `SHOTS` is a folder for a picture of each.
 */
export async function findingsInEveryLook(
	page: Page,
	state: string,
	{ shown, again, widest = false }: Looking = {},
): Promise<string[]> {
	const found: string[] = [];
	const before = page.viewportSize() ?? full;
	for (const [place, look] of looksFor(widest).entries()) {
		const { colorScheme, width, height, dir = '' } = look;
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height });
		await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
		if (place > 0) await again?.();
		await settled(page);
		const name = `${state}, ${colorScheme}, ${width} × ${height}${dir && `, ${dir}`}`;
		if (process.env.SHOTS) await takePicture(page, join(process.env.SHOTS, fileOf(name)), shown);
		for (const finding of [...(await axeFindings(page)), ...(await layoutFindings(page))])
			found.push(`${name}: ${finding}`);
	}
	await page.evaluate(() => (document.documentElement.dir = ''));
	await page.setViewportSize(before);
	return found;
}

/** The page stays where it is. */
async function takePicture(page: Page, path: string, shown?: Locator): Promise<void> {
	const main = page.locator('main').first();
	const top = await main.evaluate((element) => element.scrollTop);
	const scroll = (element: Element) => element.scrollIntoView({ block: 'nearest' });
	await shown?.evaluate(scroll, undefined, { timeout: 5_000 });
	await page.screenshot({ path });
	await main.evaluate((element, top) => (element.scrollTop = top), top);
}

function fileOf(name: string): string {
	return `${name.replace(/[^\p{L}\d]+/gu, '-').replace(/-$/, '')}.png`;
}

/** What moves for a while has come to its end, and what a new size sets off has been drawn. */
async function settled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await frame();
		await frame();
		const ends = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
			.map(({ finished }) => finished.catch(() => {}));
		await Promise.all(ends);
	});
}
