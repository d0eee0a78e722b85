import type { Page } from '@playwright/test';

/** In place of the browser's own dialog, which no test can press: a file of this origin's private storage. */
export async function choosesPlace(page: Page, name: string | null): Promise<void> {
	await page.addInitScript((chosen) => {
		Object.assign(window, {
			showSaveFilePicker: async () => {
				if (chosen === null) throw new DOMException('The user aborted a request.', 'AbortError');
				const root = await navigator.storage.getDirectory();
				return root.getFileHandle(chosen, { create: true });
			},
		});
	}, name);
}

/** In bytes; `null` when there is no such file. */
export function sizeOf(page: Page, name: string): Promise<number | null> {
	return page.evaluate(async (name) => {
		const root = await navigator.storage.getDirectory();
		const handle = await root.getFileHandle(name).catch(() => null);
		return handle && (await handle.getFile()).size;
	}, name);
}
