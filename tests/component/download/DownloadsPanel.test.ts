import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import DownloadsPanel from '$lib/download/view/DownloadsPanel.svelte';
import { NOTHING_YET, type FileFailure, type JobOutcome } from '$lib/download/contract';
import type { Job } from '$lib/download/running/downloads.svelte';
import { addToHistory, type PastJob } from '$lib/download/running/history';
import { UNKNOWN_PACE } from '$lib/download/running/job-view';

const failure: FileFailure = {
	shootId: 's',
	photoId: 'p',
	picture: null,
	member: 'Ada Lovelace',
	email: null,
	file: 'pfp.jpg',
	reason: 'The photo host answered 404.',
};

const saved: JobOutcome = {
	kind: 'saved',
	filename: 'team-photos-2026-11-24.zip',
	blob: new Blob(),
	entries: 89,
	bytes: 213_000_000,
	membersSaved: 44,
	membersTotal: 45,
	spool: null,
	inPlace: false,
	delivered: [],
	skipped: [],
	failures: [failure],
};

function job(id: number, state: Job['state'], team: string | null = null): Job {
	return {
		id,
		filename: 'team-photos-2026-11-24.zip',
		scope: { team: team === null ? null : { id: team, name: team } },
		round: 1,
		keptAs: null,
		next: null,
		state,
		failures: state.kind === 'finished' && state.outcome.kind === 'saved' ? state.outcome.failures : [],
		notes: [],
		pace: UNKNOWN_PACE,
		warning: null,
	};
}

const first = job(1, { kind: 'finished', outcome: saved }, 'Marketing');
const second = job(2, { kind: 'finished', outcome: { ...saved, failures: [], membersSaved: 45 } });
const at = new Date(2026, 10, 24, 10, 42).getTime();
const history = [second, first].reduceRight<readonly PastJob[]>(
	(past, ended) =>
		ended.state.kind === 'finished' ? addToHistory(past, ended, ended.state.outcome, at) : past,
	[],
);

function show(job: Job | null, past = history) {
	const calls = { onclose: vi.fn(), onsaveagain: vi.fn(), ondetails: vi.fn() };
	return { calls, ...render(DownloadsPanel, { open: true, job, history: past, ...calls }) };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const items = () => page.getByRole('article');

describe('the list of downloads', () => {
	test('says of each whose it was, when it ended and what came of it, the latest first', async () => {
		show(null);
		await expect.element(page.getByRole('dialog', { name: 'Downloads' })).toBeVisible();
		expect(items().elements()).toHaveLength(2);
		await expect.element(items().first()).toHaveTextContent('45 of 45 members saved');
		await expect.element(items().last()).toHaveTextContent(/Marketing · 10:42 44/);
		await expect.element(items().last()).toHaveTextContent('44 of 45 members saved; 1 file failed');
		await page.getByText('1 file failed', { exact: true }).click();
		await expect.element(page.getByText('Ada Lovelace, pfp.jpg: The photo host answered 404.')).toBeVisible();
	});

	test('offers to save only the archive that is still held', async () => {
		const { calls, rerender } = show(second);
		await items().first().getByRole('button', { name: 'Save again' }).click();
		expect(calls.onsaveagain).toHaveBeenCalledOnce();
		await expect.element(items().last().getByRole('button')).not.toBeInTheDocument();
		await rerender({ job: null });
		await expect.element(button('Save again')).not.toBeInTheDocument();
	});

	test('marks who is in an archive that was saved before, until they are', async () => {
		const delivered = ['a', 'b'].map((id) => {
			return { shootId: id, photoId: id, picture: null, email: null, member: id };
		});
		const past = [
			{ ...history[0]!, delivered },
			{ ...history[1]!, delivered: [] },
		];
		const { rerender } = show(null, past);
		const mark = page.getByRole('button', { name: 'Mark these 2 as actioned' });
		await expect.element(mark).not.toBeInTheDocument();
		const onmark = vi.fn();
		await rerender({ onmark });
		await mark.click();
		expect(onmark).toHaveBeenCalledExactlyOnceWith(delivered);
		await rerender({ isMarked: (some: unknown) => some === delivered });
		await expect.element(mark).not.toBeInTheDocument();
	});

	test('begins with the one that runs, and leads to it', async () => {
		const progress = { ...NOTHING_YET, phase: 'fetching', filesTotal: 10, membersTotal: 5 } as const;
		const { calls } = show(job(3, { kind: 'running', progress }));
		await expect.element(page.getByRole('listitem').first()).toHaveTextContent('0%, 0 of 5 members');
		await button('Details').click();
		expect(calls.ondetails).toHaveBeenCalledOnce();
	});

	test('Escape and Close close it', async () => {
		const { calls } = show(null);
		await button('Close').click();
		await userEvent.keyboard('{Escape}');
		expect(calls.onclose).toHaveBeenCalledTimes(2);
	});

	test('with nothing in it says so', async () => {
		show(null, []);
		await expect.element(page.getByText('Nothing has been downloaded yet.')).toBeVisible();
	});

	test('remembers twenty', () => {
		let past: readonly PastJob[] = [];
		for (let id = 1; id <= 25; id++) past = addToHistory(past, { ...first, id }, saved, at);
		expect([past.length, past[0]?.id, past.at(-1)?.id]).toEqual([20, 25, 6]);
	});
});
