/** Sizes of a picture, as multiples of the one that fits. */

export const FIT = 1;
/** The size that a double press gives. */
export const DOUBLE_PRESS = 2.5;

const steps = [FIT, 1.5, 2, DOUBLE_PRESS, 4, 6];
const LARGEST = 6;

/** The next larger (1) or smaller (-1) size. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
	if (direction > 0) return steps.find((step) => step > zoom) ?? LARGEST;
	return steps.findLast((step) => step < zoom) ?? FIT;
}

/** A size that there is. */
export function zoomWithin(zoom: number): number {
	return Math.min(Math.max(zoom, FIT), LARGEST);
}
