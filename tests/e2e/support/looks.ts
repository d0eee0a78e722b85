import type { Page } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { layoutFindings } from './layout.ts';

interface Look {
	colorScheme: 'light' | 'dark';
	/** In CSS pixels: a window of 1280 × 1024 at 100, 200 and 400 %. */
	width: number;
	height: number;
	dir?: 'rtl';
}

const sizes = [
	{ width: 1280, height: 1024 },
	{ width: 640, height: 512 },
	{ width: 320, height: 256 },
];
const [full, , smallest] = sizes as [Look, Look, Look];

/** The two that differ most; with `EVERY=1` each size in both schemes, and from the right to the left. */
const looks: readonly Look[] =
	process.env.EVERY === '1'
		? [
				...sizes.flatMap((size) => [
					{ ...size, colorScheme: 'light' as const },
					{ ...size, colorScheme: 'dark' as const },
				]),
				{ ...full, colorScheme: 'light', dir: 'rtl' },
				{ ...smallest, colorScheme: 'light', dir: 'rtl' },
			]
		: [
				{ ...full, colorScheme: 'light' },
				{ ...smallest, colorScheme: 'dark' },
			];

/**
 * What is wrong with the page as it stands, in each look: what axe finds, what doesn't fit, and controls that can't be
 * seen when they have the focus. One line for each, nothing when all is well.
 * @param again goes to the state anew, where another size of the window ends it
 */
export async function findingsInEveryLook(
	page: Page,
	state: string,
	again?: () => Promise<unknown>,
): Promise<string[]> {
	const found: string[] = [];
	const before = page.viewportSize() ?? full;
	for (const [place, look] of looks.entries()) {
		const { colorScheme, width, height, dir = '' } = look;
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height });
		await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
		if (place > 0) await again?.();
		await settled(page);
		const name = `${state}, ${colorScheme}, ${width} × ${height}${dir && `, ${dir}`}`;
		for (const finding of [...(await axeFindings(page)), ...(await layoutFindings(page))])
			found.push(`${name}: ${finding}`);
	}
	await page.evaluate(() => (document.documentElement.dir = ''));
	await page.setViewportSize(before);
	return found;
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
