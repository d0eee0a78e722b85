import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test, type Embedded, type HostSetup } from './support/embed.ts';

const inside = [
	'.embed-frame',
	'[part="screen"]',
	'h1',
	'h2',
	'header p',
	'header button',
	'input[type="search"]',
	'kbd',
	'select',
	'label',
	'[role="tab"]',
	'[role="tab"][data-state="active"]',
	'[role="list"]',
	'[role="listitem"]',
	'[role="listitem"] a',
	'[role="listitem"] img',
	'[role="listitem"] button',
	'[role="group"] button[aria-pressed="true"]',
	'[data-focus-home]',
	'svg',
	'[role="dialog"]',
	'[role="dialog"] h2',
	'[role="dialog"] .buttons button',
];

const outside = [
	'html',
	'body',
	'.dashboard',
	'.sidebar',
	'.brand',
	'.sidebar a',
	'.host-button',
	'.content',
	'.bar',
	'h1',
	'.bar input',
	'.bar select',
	'.card',
	'.foot',
	'.foot p',
	'.foot a',
	'.foot ul',
	'.foot li',
	'.foot td',
	'.foot label',
	'.foot textarea',
	'.foot img',
];

/** Every computed property of the first match of each, also of what is before and after it. */
function styles(page: Page, selectors: string[], shadow: boolean): Promise<Record<string, string[]>> {
	return page.evaluate(
		([selectors, shadow]) => {
			const root = shadow ? document.querySelector('headshot-admin')!.shadowRoot! : document;
			const all = (element: Element, pseudo?: string) =>
				[...getComputedStyle(element, pseudo)].map(
					(name) => `${pseudo ?? ''}${name}: ${getComputedStyle(element, pseudo).getPropertyValue(name)}`,
				);
			return Object.fromEntries(
				selectors.map((selector) => {
					const element = root.querySelector(selector);
					if (!element) throw new Error(`Nothing is ${selector}.`);
					return [selector, [...all(element), ...all(element, '::before'), ...all(element, '::after')]];
				}),
			);
		},
		[selectors, shadow] as const,
	);
}

/** Everything has come to rest: pictures, the dialog of a finished download, no animation. */
async function settled(openHost: (setup?: HostSetup) => Promise<Embedded>, hostile: boolean, page: Page) {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const admin = await openHost({ members: 3, hostile });
	// What the host puts into the slot is the host's own.
	await page.locator('.slotted').evaluate((one) => one.remove());
	await admin.expectCards(3);
	await expect(page.locator('headshot-admin img.loaded')).toHaveCount(3);
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	await page.mouse.move(0, 0);
	await page.evaluate(() =>
		Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
	);
	return admin;
}

test(`the styles of ${inside.length} places inside are the same with and without the host’s hostile ones`, async ({
	openHost,
	page,
}) => {
	await settled(openHost, false, page);
	const plain = await styles(page, inside, true);
	await settled(openHost, true, page);
	expect(await page.locator('.host-button').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
		'rgb(255, 255, 0)',
	);
	expect(await styles(page, inside, true)).toEqual(plain);
});

test('the rule that the README gives makes the element the host’s own: color, corners and font', async ({
	openHost,
	page,
}) => {
	const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
	const rule = /`(headshot-admin \{[^`]+\})` makes it yours/.exec(readme)![1]!;
	const admin = await openHost({ members: 3 });
	await expect(admin.downloadButton).toBeEnabled();
	await page.evaluate((rule) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rule);
		document.adoptedStyleSheets.push(sheet);
	}, rule);
	await expect(admin.downloadButton).toHaveCSS('background-color', 'rgb(124, 58, 237)');
	await expect(admin.downloadButton).toHaveCSS('border-radius', '4px');
	await expect(admin.downloadButton).toHaveCSS('font-family', 'Inter, sans-serif');
});

test('a headshot in full size looks the same with and without the host’s hostile styles', async ({
	openHost,
	page,
}) => {
	async function lightbox(hostile: boolean) {
		const admin = await settled(openHost, hostile, page);
		await admin.close();
		await admin.viewFirstResults();
		await page.getByRole('button', { name: /^Open headshot 1 / }).click();
		await expect(page.locator('.lightbox img.loaded')).toBeVisible();
		return styles(page, ['.lightbox', '.lightbox button', '.lightbox p'], true);
	}
	const plain = await lightbox(false);
	expect(await lightbox(true)).toEqual(plain);
});

test(`the styles of ${outside.length} places of the host are the same with and without the element`, async ({
	openHost,
	page,
}) => {
	await openHost({ members: 3, elements: 0 });
	await expect(page.locator('.embedding')).toBeVisible();
	const before = await styles(page, outside, false);
	const admin = await openHost({ members: 3 });
	await admin.expectCards(3);
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	await admin.close();
	// bits-ui gives the body back a moment after its dialog has gone.
	await expect.poll(() => page.evaluate(() => document.body.getAttribute('style') ?? '')).toBe('');
	expect(await styles(page, outside, false)).toEqual(before);
});
