import { expect, test } from 'vitest';
import { FIT, zoomStep, zoomWithin } from '$lib/gallery/zoom';
import { pictureHref } from '$lib/members/links';

test('sizes go up and down by steps, from what fits to six times that', () => {
	const up = [FIT];
	while (up.at(-1)! < zoomStep(up.at(-1)!, 1)) up.push(zoomStep(up.at(-1)!, 1));
	expect(up).toEqual([1, 1.5, 2, 2.5, 4, 6]);
	const down = [6];
	while (down.at(-1)! > FIT) down.push(zoomStep(down.at(-1)!, -1));
	expect(down).toEqual([...up].reverse());
	// Between the steps, by a pinch.
	expect([zoomStep(1.7, 1), zoomStep(1.7, -1)]).toEqual([2, 1.5]);
	expect([zoomWithin(0.2), zoomWithin(3), zoomWithin(99)]).toEqual([1, 3, 6]);
});

test.each([
	['https://cdn.example.com/a.jpg?s=1', 'https://cdn.example.com/a.jpg?s=1'],
	['http://cdn.example.com/a.jpg', null],
	['javascript:alert(1)', null],
	['data:image/svg+xml,<svg/>', null],
	['', null],
])('from %j the picture is shown from %j', (url, href) => {
	expect(pictureHref({ url, expiresAt: null })).toBe(href);
});
