import { expect, type Page } from '@playwright/test';

/** Somebody who has a keyboard only. */
export class Keyboard {
	constructor(readonly page: Page) {}

	/** The name of what has the focus; the focus is never lost to the page's body. */
	async focused(): Promise<string> {
		const [name, isLost] = await this.page.evaluate(() => {
			const { activeElement } = document;
			const [label] = (activeElement as HTMLInputElement | null)?.labels ?? [];
			const name = activeElement?.getAttribute('aria-label') ?? (label ?? activeElement)?.textContent.trim();
			return [name ?? '', activeElement === null || activeElement === document.body] as const;
		});
		return isLost ? 'nothing' : name;
	}

	async expectFocus(name: RegExp): Promise<void> {
		await expect.poll(() => this.focused()).toMatch(name);
	}

	/** Presses Tab (or another key) until that has the focus. */
	async goTo(name: RegExp, key = 'Tab'): Promise<void> {
		for (let presses = 0; presses < 80; presses++) {
			await this.page.keyboard.press(key);
			if (name.test(await this.focused())) return;
		}
		throw new Error(`80 times ${key}, and never ${name}`);
	}

	/** Goes there, and presses Enter. */
	async press(name: RegExp, key?: string): Promise<void> {
		await this.goTo(name, key);
		await this.page.keyboard.press('Enter');
	}

	/** Opens the menu of the button that has the focus. It is in sight a moment before it takes the keys. */
	async openMenu(): Promise<void> {
		await this.page.keyboard.press('Enter');
		await expect(this.page.getByRole('menuitem').first()).toBeFocused();
	}
}
