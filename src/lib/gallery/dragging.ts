import type { Attachment } from 'svelte/attachments';
import { isRightToLeft } from '$lib/ui/direction';

/** A finger that moves so far across, in px, means the next picture. */
const SWIPE = 50;

/**
 * Pointers on a scrolling view: a mouse drags what is larger than it; a finger, which scrolls by itself, sweeps from
 * one picture to the next (1) or to the one before (-1) while nothing is larger.
 */
export function dragging(isFitted: () => boolean, onswipe: (step: 1 | -1) => void): Attachment<HTMLElement> {
	return (view) => {
		let start: { x: number; y: number; left: number; top: number } | null = null;

		function down(event: PointerEvent): void {
			if (!event.isPrimary || event.button !== 0) return;
			start = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
			if (event.pointerType === 'mouse') view.setPointerCapture(event.pointerId);
		}

		function move(event: PointerEvent): void {
			if (!start || event.pointerType !== 'mouse') return;
			view.scrollTo({ left: start.left + start.x - event.clientX, top: start.top + start.y - event.clientY });
		}

		function up(event: PointerEvent): void {
			if (start && isFitted() && event.pointerType !== 'mouse') {
				const [x, y] = [event.clientX - start.x, event.clientY - start.y];
				if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) {
					// What is around the view: the view itself is laid out from the left, always.
					const toNext = isRightToLeft(view.parentElement ?? view) ? x > 0 : x < 0;
					onswipe(toNext ? 1 : -1);
				}
			}
			start = null;
		}

		const over = new AbortController();
		const { signal } = over;
		view.addEventListener('pointerdown', down, { signal });
		view.addEventListener('pointermove', move, { signal });
		view.addEventListener('pointerup', up, { signal });
		view.addEventListener('pointercancel', () => (start = null), { signal });
		return () => over.abort();
	};
}
