import type { Page } from '@playwright/test';

/**
 * What can't be seen of the page as it stands: whatever asks to be scrolled sideways (but tabs, and a picture that was
 * enlarged), words that are cut off in buttons, and controls that have the focus out of sight or under something else.
 */
export async function layoutFindings(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const nameOf = (element: Element) =>
			`<${element.localName}> ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 60)}`;
		const mayScroll = '[role="tablist"], [role="group"][aria-label="Picture"]';
		const isShown = (element: Element) =>
			element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

		const all = [...document.querySelectorAll<HTMLElement>('body *')];
		for (const one of [document.documentElement, ...all]) {
			const { overflowX, clipPath } = getComputedStyle(one);
			const spills = one.scrollWidth - one.clientWidth > 1;
			const scrolls = overflowX === 'auto' || overflowX === 'scroll' || one === document.documentElement;
			if (spills && scrolls && !one.matches(mayScroll) && clipPath === 'none')
				found.push(`scrolls sideways: ${nameOf(one)}`);
			if (spills && one.matches('button, a') && isShown(one)) found.push(`is cut off: ${nameOf(one)}`);
		}

		const { activeElement } = document;
		const scrolled = document.querySelector('main')?.scrollTop ?? 0;
		// A menu is left when something else gets the focus: its lines get it by the arrow keys.
		const menu = document.querySelector('[role="menu"]');
		const scope = menu ?? document.querySelector('[role="dialog"]') ?? document.body;
		const controls = [
			...scope.querySelectorAll<HTMLElement>(
				menu
					? '[role^="menuitem"]'
					: 'a[href], button:enabled, input:enabled, select:enabled, textarea, summary, [tabindex="0"]',
			),
		].filter((one) => one.tabIndex >= 0 || menu !== null);
		for (const control of controls) {
			// A list takes away what is far out of sight, and what is folded takes no focus.
			if (!control.isConnected || !control.checkVisibility({ contentVisibilityAuto: false })) continue;
			// What has it already is not scrolled to once more.
			if (document.activeElement === control) control.scrollIntoView({ block: 'nearest' });
			else control.focus();
			if (document.activeElement !== control) continue;
			if (!isSeen(control)) found.push(`has the focus unseen: ${nameOf(control)}`);
		}
		(activeElement as HTMLElement | null)?.focus({ preventScroll: true });
		document.querySelector('main')?.scrollTo({ top: scrolled });
		return found;

		/** Of nine points of what can be seen of it, one at least is its own. */
		function isSeen(control: HTMLElement): boolean {
			const target = control.matches('input') ? (control.closest('label') ?? control) : control;
			const box = target.getBoundingClientRect();
			const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
			const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
			// Most of it, or as much as the window takes.
			if (right - left < Math.min(box.width, innerWidth) / 2) return false;
			if (bottom - top < Math.min(box.height, innerHeight / 2) / 2) return false;
			return [0.1, 0.5, 0.9].some((x) =>
				[0.1, 0.5, 0.9].some((y) => {
					const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
					return hit !== null && (target.contains(hit) || hit.contains(target));
				}),
			);
		}
	});
}
