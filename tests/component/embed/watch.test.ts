import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { NO_PLACE } from '$lib/download/running/save-place';
import { Roster } from '$lib/members/roster.svelte';
import { parseConfig } from '$lib/session/config';
import type { Session } from '$lib/session/session.svelte';
import { watchSession } from '../../../src/embed/watch.svelte';

afterEach(() => void vi.restoreAllMocks());

/** What a host hears of downloads from a backend that nobody reaches. */
function watched() {
	const { apiBase, limits } = parseConfig({ apiBase: 'https://nobody.invalid/api/v2' }, location.origin);
	const downloads = new Downloads({
		settings: { apiBase, origin: location.origin, limits },
		save: () => {},
		choosePlace: () => Promise.reject(new DOMException('Must be handling a user gesture.', 'SecurityError')),
	});
	const roster = new Roster({ load: () => new Promise(() => {}) }, () => ({ kind: 'signed-out' }));
	const told: [type: string, detail: unknown][] = [];
	const stop = watchSession({ roster, downloads } as Session, (...event) => told.push(event) > 0);
	onTestFinished(() => {
		stop();
		downloads.dispose();
	});
	return { downloads, told };
}

test('a download that comes to nothing before it begins has an end, and a reason', async () => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
	const { downloads, told } = watched();
	downloads.start({ team: null, straightToDisk: true });
	await expect.poll(() => told.length).toBe(3);
	const { filename } = downloads.job!;
	const message = 'The download stopped. Nothing was saved.';
	expect(told).toEqual([
		['downloadstart', { filename }],
		['downloadend', { filename, outcome: 'failed', message }],
		['error', { code: 'download', message: NO_PLACE }],
	]);
	// Whatever happens to it afterwards: it has ended.
	downloads.dismiss();
	downloads.again();
	await expect.poll(() => told.length).toBe(6);
	expect(told[3]).toEqual(['downloadstart', { filename }]);
});

test('a download of which nothing is left, since others are to be shown, has an end', async () => {
	const { downloads, told } = watched();
	downloads.start({ team: null });
	const { filename } = downloads.job!;
	await expect.poll(() => told).toEqual([['downloadstart', { filename }]]);
	downloads.forgetAll();
	const message = 'Download cancelled. Nothing was saved.';
	await expect
		.poll(() => told.slice(1))
		.toEqual([['downloadend', { filename, outcome: 'cancelled', message }]]);
});
