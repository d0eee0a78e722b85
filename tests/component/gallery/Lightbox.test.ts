import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import GalleryPhotos from '$lib/gallery/GalleryPhotos.svelte';
import { galleryOf, photo, photos, picture } from '../screens/gallery-helpers.ts';

/** A picture that fails does so when the network says so. */
const slow = { timeout: 15_000 };

const box = () => page.getByRole('dialog', { name: 'Headshots of Ada' });
const tile = (n: number) => page.getByRole('button', { name: `Open headshot ${n} of`, exact: false });
const button = (name: string) => box().getByRole('button', { name });
const counter = () => box().getByRole('status');
const shown = () => box().getByRole('img');
const zoom = () => {
	const frame = shown().element().parentElement!;
	return frame.clientWidth / frame.parentElement!.clientWidth;
};

async function open(all = photos(5), at = 2) {
	const { gallery, asked } = galleryOf(all);
	const calls = { ondownload: vi.fn(), onexpired: vi.fn() };
	const renew = vi.spyOn(gallery, 'renew');
	gallery.show({ id: 'ada', favorite: null });
	await expect.poll(() => gallery.state.kind).toBe('ready');
	render(GalleryPhotos, { gallery, name: 'Ada', isDownloading: () => false, ...calls });
	await tile(at).first().click();
	await expect.element(box()).toBeVisible();
	return { ...calls, gallery, renew, asked };
}

test('it shows the photo that was pressed, requested with CORS', async () => {
	await open();
	await expect.element(counter()).toHaveTextContent('Headshot 2 of 5');
	const img = shown().element() as HTMLImageElement;
	expect([img.src, img.crossOrigin, img.referrerPolicy]).toEqual([
		`${picture}?main=p1`,
		'anonymous',
		'no-referrer',
	]);
	await expect.element(shown()).toHaveAccessibleName('Headshot 2 of Ada');
	await expect.element(box()).toHaveFocus();
});

test('keys turn over, to the ends and no further', async () => {
	await open();
	for (const [key, place] of [
		['ArrowRight', 3],
		['ArrowLeft', 2],
		['End', 5],
		['ArrowRight', 5],
		['Home', 1],
		['ArrowLeft', 1],
	] as const) {
		await userEvent.keyboard(`{${key}}`);
		await expect.element(counter()).toHaveTextContent(`Headshot ${place} of 5`);
	}
	await expect.element(button('Previous headshot')).toHaveAttribute('aria-disabled', 'true');
	await button('Next headshot').click();
	await expect.element(counter()).toHaveTextContent('Headshot 2 of 5');
});

test('keys and buttons make it larger; then the arrows move it, and the next one is fitted again', async () => {
	await open();
	await userEvent.keyboard('+');
	await expect.poll(zoom).toBeCloseTo(1.5, 1);
	await button('Zoom in').click();
	await expect.poll(zoom).toBeCloseTo(2, 1);
	const view = shown().element().parentElement!.parentElement!;
	const before = view.scrollLeft;
	await userEvent.keyboard('{ArrowRight}');
	await expect.poll(() => view.scrollLeft).toBeGreaterThan(before);
	await expect.element(counter()).toHaveTextContent('Headshot 2 of 5');
	await userEvent.keyboard('-');
	await expect.poll(zoom).toBeCloseTo(1.5, 1);
	await userEvent.keyboard('0');
	await expect.poll(zoom).toBe(1);
	await expect.element(button('Zoom out')).toHaveAttribute('aria-disabled', 'true');
	await userEvent.dblClick(shown());
	await expect.poll(zoom).toBeCloseTo(2.5, 1);
	await button('Next headshot').click();
	await expect.poll(zoom).toBe(1);
});

test('larger, it stays around its middle', async () => {
	await open();
	const view = shown().element().parentElement!.parentElement!;
	await userEvent.keyboard('+');
	await expect
		.poll(() => [
			view.scrollLeft / (view.scrollWidth - view.clientWidth),
			view.scrollTop / (view.scrollHeight - view.clientHeight),
		])
		.toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1)]);
});

test('Escape closes it, and the focus is on the photo that was looked at last', async () => {
	await open();
	await userEvent.keyboard('{ArrowRight}{ArrowRight}{Escape}');
	await expect.element(box()).not.toBeInTheDocument();
	await expect.element(tile(4)).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await expect.element(counter()).toHaveTextContent('Headshot 4 of 5');
	await button('Close').click();
	await expect.element(tile(4)).toHaveFocus();
});

test('the original is saved by a press', async () => {
	const { ondownload } = await open();
	await button('Download original').click();
	expect(ondownload).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'p1' }));
});

test('near the end of what is loaded, more comes', async () => {
	const { gallery } = await open(photos(200));
	await userEvent.keyboard('{End}');
	await expect.poll(() => gallery.photos.length).toBeGreaterThan(60);
	await expect.element(counter()).toHaveTextContent(/of 200$/);
});

test('a picture that fails says so, and is tried again; one that has run out is renewed', async () => {
	const bad = photo('p1', { urls: { main: '/missing.jpg', thumbnail: picture }, expiresAt: Date.now() - 1 });
	const all = [photo('p0'), bad];
	const { renew, asked } = await open(all);
	await expect.element(box().getByRole('alert')).toHaveTextContent('This picture could not be loaded.');
	await expect.poll(() => renew.mock.calls.length, slow).toBe(1);
	await button('Try again').click();
	await expect.poll(() => renew.mock.calls.length, slow).toBe(2);
	await expect.element(box()).toHaveFocus();
	// Its page has only just been asked for.
	expect(asked).toEqual([0]);
	await userEvent.keyboard('{ArrowLeft}');
	await expect.element(box().getByRole('alert')).not.toBeInTheDocument();
});

test('an address that no photo has is not shown', async () => {
	await open([photo('p0', { urls: { main: 'javascript:alert(1)' } })], 1);
	await expect.element(box().getByRole('alert')).toBeVisible();
	expect(box().element().querySelector('img')).toBeNull();
});

test('a finger that sweeps across turns over', async () => {
	await open();
	const view = shown().element().parentElement!.parentElement!;
	const sweep = (from: number, to: number) => {
		const finger = { pointerType: 'touch', isPrimary: true, pointerId: 1, clientY: 200, bubbles: true };
		view.dispatchEvent(new PointerEvent('pointerdown', { ...finger, clientX: from }));
		view.dispatchEvent(new PointerEvent('pointerup', { ...finger, clientX: to }));
	};
	sweep(300, 150);
	await expect.element(counter()).toHaveTextContent('Headshot 3 of 5');
	sweep(150, 300);
	await expect.element(counter()).toHaveTextContent('Headshot 2 of 5');
	sweep(150, 170);
	await expect.element(counter()).toHaveTextContent('Headshot 2 of 5');
});

test('the focus stays in it', async () => {
	await open();
	for (let press = 0; press < 8; press++) {
		await userEvent.keyboard('{Tab}');
		expect(box().element().contains(document.activeElement)).toBe(true);
	}
});

test('axe finds nothing wrong with it', async () => {
	await open();
	const rules = { 'target-size': { enabled: true }, region: { enabled: false } };
	await Promise.all(document.getAnimations().map((animation) => animation.finished));
	const { violations } = await axe.run(box().element(), { rules });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
