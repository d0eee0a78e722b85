import type { Locator, Page } from '@playwright/test';
import { axeFindings } from '../support/axe.ts';
import { expect as expectEmbedded, test as embedded } from '../support/embed.ts';
import { expect, test } from '../support/fixtures.ts';

/** A server that gives the page to whoever reads from the right. */
async function readFromTheRight(page: Page): Promise<void> {
	await page.addInitScript(() => {
		new MutationObserver((_, observer) => {
			if (document.documentElement === null) return;
			document.documentElement.dir = 'rtl';
			observer.disconnect();
		}).observe(document, { childList: true });
	});
}

async function box(of: Locator) {
	const { x, y, width, height } = (await of.boundingBox())!;
	return { left: x, right: x + width, top: y, bottom: y + height };
}

/** Its words stand as they were written: the first character on the left of the last. */
const readsAsWritten = (sentence: Locator) =>
	sentence.evaluate((element) => {
		const edge = (character: (text: Text) => number) => {
			const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
			const all: Text[] = [];
			while (texts.nextNode()) if (texts.currentNode.textContent?.trim()) all.push(texts.currentNode as Text);
			const text = all[character === first ? 0 : all.length - 1]!;
			const range = document.createRange();
			range.setStart(text, character(text));
			range.setEnd(text, character(text) + 1);
			return range.getBoundingClientRect().left;
		};
		const first = (text: Text) => text.data.search(/\S/);
		const last = (text: Text) => text.data.trimEnd().length - 1;
		return edge(first) < edge(last);
	});

for (const width of [1280, 320]) {
	test(`from the right to the left, ${width} px wide, the page is mirrored, and so are its keys`, async ({
		openAdmin,
		page,
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await readFromTheRight(page);
		const admin = await openAdmin({
			members: 8,
			faults: [{ kind: 'slow', bytesPerSecond: 6_000, file: 'headshot' }],
			edit: ({ members, shoots }) => {
				const member = members.find(({ modelId }) => modelId === shoots[1]!.id)!;
				member.name = 'سلمى عبد الرحمن القاسمي';
			},
		});
		const clean = async (state: string) => {
			expect(await axeFindings(page), state).toEqual([]);
			const overflow = await page.evaluate(() =>
				[document.documentElement, document.querySelector('main')!].map(
					(element) => element.scrollWidth - element.clientWidth,
				),
			);
			expect(overflow, state).toEqual([0, 0]);
		};
		await admin.expectCards(8);
		await clean('members');
		const heading = page.getByRole('heading', { level: 1 });
		expect(width - (await box(heading)).right).toBeLessThan(width / 2);

		// Whoever's name it is, the button is behind it.
		for (const card of [admin.cards.first(), await admin.card('سلمى')]) {
			const [name, button] = [card.getByRole('heading'), card.getByRole('button', { name: /Actions/ })];
			expect((await box(name)).left).toBeGreaterThanOrEqual((await box(button)).right - 1);
		}
		await admin.search('');
		await admin.expectCards(8);

		const tab = (name: string) => page.getByRole('tab', { name });
		await tab('All').focus();
		await page.keyboard.press('ArrowLeft');
		await expect(tab('Finished')).toBeFocused();
		await expect(tab('Finished')).toHaveAttribute('aria-selected', 'true');
		expect((await box(tab('Finished'))).left).toBeLessThan((await box(tab('All'))).left);
		await page.keyboard.press('ArrowRight');
		await expect(tab('All')).toBeFocused();

		const button = admin.cards.first().getByRole('button', { name: /Actions/ });
		await button.click();
		const menu = page.getByRole('menu');
		await expect(menu).toBeVisible();
		expect(await menu.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
		// From the end of its button, as far as there is room.
		const [opened, opener] = [await box(menu), await box(button)];
		expect(opened.left).toBeLessThanOrEqual(opener.left + 1);
		expect(opened.right).toBeGreaterThan(opener.right);
		const item = page.getByRole('menuitem', { name: 'Mark as actioned' });
		expect((await box(item.locator('svg'))).left).toBeGreaterThan((await box(item.locator('span'))).left);
		await clean('a menu');
		await page.keyboard.press('Escape');

		await admin.startDownload();
		await expect(admin.dialog.getByText(/^\d of 8 members$/)).toBeVisible();
		expect(await readsAsWritten(admin.dialog.getByText(/^\d of 8 members$/))).toBe(true);
		expect(await readsAsWritten(admin.dialog.getByText('Hide this, and the download goes on.'))).toBe(true);
		await clean('running');
		await admin.cancelButton.click();
		await admin.expectOutcome('Download cancelled. Nothing was saved.');
		await admin.close();

		await admin.cards
			.first()
			.getByRole('link', { name: /^View Results/ })
			.press('Enter');
		const photo = (place: number) => page.getByRole('button', { name: `Open headshot ${place} of` });
		await photo(1).click();
		await expect(admin.dialog.getByRole('status')).toContainText('1 of ');
		const [next, previous] = ['Next headshot', 'Previous headshot'].map((name) =>
			admin.dialog.getByRole('button', { name }),
		);
		expect((await box(next!)).right).toBeLessThan((await box(previous!)).left);
		await clean('lightbox');
		await page.keyboard.press('ArrowLeft');
		await expect(admin.dialog.getByRole('status')).toContainText('2 of ');
		await page.keyboard.press('ArrowRight');
		await expect(admin.dialog.getByRole('status')).toContainText('1 of ');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('Escape');
		await expect(photo(2)).toBeFocused();
		await clean('gallery');
	});
}

test('what is typed, and a name, may run the other way than the page, and stay clear of icons and buttons', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		members: 2,
		edit: ({ members, shoots }) => {
			members.find(({ modelId }) => modelId === shoots[0]!.id)!.name = 'سلمى عبد الرحمن القاسمي بنت محمد';
		},
	});
	await admin.expectCards(2);
	const card = await admin.card('سلمى');
	const [name, button] = [card.getByRole('heading'), card.getByRole('button', { name: /Actions/ })];
	expect((await box(name)).right).toBeLessThanOrEqual((await box(button)).left + 1);
	const field = page.getByRole('searchbox');
	const padding = await field.evaluate((element) => parseFloat(getComputedStyle(element).paddingLeft));
	const icon = await box(field.locator('..').locator('svg'));
	expect((await box(field)).left + padding).toBeGreaterThanOrEqual(icon.right);
});

embedded('the element reads as its page does, also when that changes', async ({ openHost, page }) => {
	const admin = await openHost({ members: 2 });
	await admin.expectCards(2);
	const element = page.locator('headshot-admin');
	const heading = page.getByRole('heading', { level: 1, name: 'Headshots' });
	const readsFrom = async (side: 'left' | 'right') => {
		const [outer, inner] = [await box(element), await box(heading)];
		const nearer = inner.left - outer.left < outer.right - inner.right ? 'left' : 'right';
		expectEmbedded(nearer).toBe(side);
	};
	await readsFrom('left');
	await page.evaluate(() => (document.documentElement.dir = 'rtl'));
	await expectEmbedded(async () => readsFrom('right')).toPass();
	await admin.cards
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	const menu = page.getByRole('menu');
	await expectEmbedded(menu).toBeVisible();
	expectEmbedded(await menu.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
	await page.keyboard.press('Escape');
	await element.evaluate((one) => ((one as HTMLElement).dir = 'ltr'));
	await expectEmbedded(async () => readsFrom('left')).toPass();
});
