/** Whether text runs from right to left in it. */
export function isRightToLeft(element: Element): boolean {
	return getComputedStyle(element).direction === 'rtl';
}

/** The key as it is meant where text runs from left to right: the arrows follow the way that one reads. */
export function readingKey({ key, currentTarget }: KeyboardEvent): string {
	if (!(currentTarget instanceof Element) || !isRightToLeft(currentTarget)) return key;
	if (key === 'ArrowLeft') return 'ArrowRight';
	return key === 'ArrowRight' ? 'ArrowLeft' : key;
}
