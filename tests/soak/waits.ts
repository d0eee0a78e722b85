import { expect, type Locator } from '@playwright/test';

/** Often enough that a walk of hundreds of steps needn't wait for its own looks. */
export const polling = { intervals: [10, 20, 30, 50], timeout: 20_000 };

/*
 * What Playwright's own assertions say, which soon look once a second only.
 */

export async function untilShown(locator: Locator, timeout = polling.timeout): Promise<void> {
	await expect
		.poll(() => locator.isVisible(), { ...polling, timeout, message: `${locator} is shown` })
		.toBe(true);
}

export async function untilHidden(locator: Locator): Promise<void> {
	await expect
		.poll(() => locator.isVisible(), { ...polling, message: `${locator} is no longer shown` })
		.toBe(false);
}

export async function untilNone(locator: Locator): Promise<void> {
	await expect.poll(() => locator.count(), { ...polling, message: `there is no ${locator}` }).toBe(0);
}

export async function untilAttribute(locator: Locator, name: string, value: string): Promise<void> {
	await expect
		.poll(() => locator.getAttribute(name), { ...polling, message: `${name} of ${locator}` })
		.toBe(value);
}

/** In sight, or for a screen reader alone. */
export async function untilThere(locator: Locator): Promise<void> {
	await expect.poll(() => locator.count(), { ...polling, message: `there is ${locator}` }).toBeGreaterThan(0);
}
