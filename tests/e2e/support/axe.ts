import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Search {
	/** A selector: only in there, e.g. in what is no host's. */
	within?: string;
	/** Only these rules. */
	only?: string[];
}

/** What axe finds on the page as it stands, WCAG 2.2 AA with target sizes: one line for each finding. */
export async function axeFindings(page: Page, search: Search = {}): Promise<string[]> {
	// It is large: a page takes it in once.
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	return page.evaluate(async ({ within, only }) => {
		const { axe } = window as unknown as { axe: typeof import('axe-core') };
		const { violations } = await axe.run(within ?? document, {
			runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
			rules: only ? {} : { 'target-size': { enabled: true } },
			resultTypes: ['violations'],
		});
		return violations.flatMap(({ id, nodes }) =>
			nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`.trim()),
		);
	}, search);
}
