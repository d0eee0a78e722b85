/** Whether every picture that can be seen is there. Runs in the page. */
export function picturesInSight(): boolean {
	const inSight = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
	return inSight.length > 0 && inSight.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
}
