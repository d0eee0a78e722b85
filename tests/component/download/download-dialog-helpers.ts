import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { vi } from 'vitest';
import DownloadDialog from '$lib/download/view/DownloadDialog.svelte';
import type { FileFailure, JobOutcome, JobProgress } from '$lib/download/contract';
import type { Job } from '$lib/download/running/downloads.svelte';
import { Notifier } from '$lib/download/running/notifier.svelte';
import { UNKNOWN_PACE } from '$lib/download/running/job-view';
export const progress: JobProgress = {
	phase: 'fetching',
	membersDone: 123,
	membersTotal: 450,
	filesDone: 246,
	filesTotal: 900,
	bytes: 312_400_000,
	share: 0,
	waiting: null,
};

export function failures(howMany: number): FileFailure[] {
	return Array.from({ length: howMany }, (_, index) => ({
		shootId: `shoot-${index}`,
		photoId: `photo-${index}`,
		picture: null,
		member: `Member ${index}`,
		email: null,
		file: 'headshot.jpg',
		reason: 'The photo host answered 404.',
	}));
}

export function running(change: Partial<JobProgress> = {}, failed = 0): Job {
	return {
		id: 1,
		pace: UNKNOWN_PACE,
		filename: 'team-photos-2026-11-02.zip',
		scope: { team: { id: 'm', name: 'Marketing' } },
		round: 1,
		keptAs: null,
		next: null,
		state: { kind: 'running', progress: { ...progress, ...change } },
		failures: failures(failed),
		notes: [],
		warning: null,
	};
}

export function finished(outcome: JobOutcome, notes: string[] = []): Job {
	const failed = 'failures' in outcome ? outcome.failures : [];
	return { ...running(), state: { kind: 'finished', outcome }, failures: failed, notes };
}

export function saved(failed: number) {
	return {
		kind: 'saved',
		filename: 'team-photos-2026-11-02.zip',
		blob: new Blob(),
		entries: 88,
		bytes: 213_000_000,
		membersSaved: failed === 0 ? 45 : 43,
		membersTotal: 45,
		spool: null,
		inPlace: false,
		delivered: [],
		skipped: [],
		failures: failures(failed),
	} satisfies JobOutcome;
}

export function show(job: Job, more: { notifier?: Notifier } = {}) {
	const calls = {
		onpause: vi.fn(),
		onresume: vi.fn(),
		oncancel: vi.fn(),
		onclose: vi.fn(),
		onsaveagain: vi.fn(),
		oncontinue: vi.fn(),
		onretry: vi.fn(),
		onretryfailed: vi.fn(),
		onsavefailures: vi.fn(),
		heldBytes: 0,
		onmakeroom: vi.fn(),
		onparts: vi.fn(),
		ontodisk: vi.fn(),
		onanyway: vi.fn(),
		onnext: vi.fn(),
		onmark: vi.fn(),
	};
	return { calls, ...render(DownloadDialog, { open: true, job, ...calls, ...more }) };
}

/** The dialog has come in. */
export async function settled(): Promise<void> {
	await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
}

export const button = (name: string) => page.getByRole('button', { name, exact: true });
export const bar = () => page.getByRole('progressbar', { name: 'Download progress' });
