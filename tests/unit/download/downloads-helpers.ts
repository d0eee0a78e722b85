import { onTestFinished } from 'vitest';
import { Downloads, type Job } from '$lib/download/running/downloads.svelte';
import type { Fault, StandInOptions } from '../../backend/stand-in.ts';
import { quickLimits, startBackend, type ClientOptions, until } from '../backend/client-helpers.ts';

/** The downloads of a page, against a backend with JPEG photos only, which need no canvas. */
export async function downloads(options: StandInOptions = {}, { getToken }: ClientOptions = {}) {
	const { standIn, page, apiBase } = await startBackend({
		edit: ({ shoots }) => {
			for (const { profilePicture } of shoots) if (profilePicture) profilePicture.format = 'jpeg';
		},
		...options,
	});
	const saved: { blob: Blob; filename: string }[] = [];
	const delivered: number[] = [];
	const limits = {
		...quickLimits,
		concurrency: 6,
		memoryBytes: 33_554_432,
		flushBytes: 16_777_216,
		maxArchiveBytes: 1e9,
	};
	const all = new Downloads({
		settings: { apiBase, origin: page.origin, limits },
		getToken,
		save: (blob, filename) => saved.push({ blob, filename }),
		ondelivered: (favorites) => delivered.push(favorites.length),
	});
	onTestFinished(() => all.dispose());
	const reached = (kind: Job['state']['kind']) => until(() => all.job?.state.kind === kind);
	const outcome = async () => {
		await reached('finished');
		const state = all.job?.state;
		if (state?.kind !== 'finished') throw new Error('It is not finished.');
		return state.outcome;
	};
	const fetching = () => until(() => standIn.log.some(({ host }) => host === 'photo'));
	return { standIn, saved, delivered, all, reached, outcome, fetching };
}

export const stalled: Fault = { kind: 'stall', before: true };
