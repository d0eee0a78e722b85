import { expect, test } from 'vitest';
import { Course } from '$lib/download/running/course';
import { NOTHING_YET, type JobProgress } from '$lib/download/contract';
import type { PastJob } from '$lib/download/running/history';
import { tabSign } from '$lib/download/running/tab-sign';

const step = (change: Partial<JobProgress>) =>
	new Course().follow({ kind: 'running', progress: { ...NOTHING_YET, ...change } });

const past = { kind: 'saved', failures: [] } as unknown as PastJob;

test('a tab says how far the download is, in percent and eighths', () => {
	expect(tabSign(step({}), null)).toEqual({ title: '0%', icon: 'eighths-0' });
	const half = { phase: 'fetching', filesDone: 6, filesTotal: 10 } as const;
	expect(tabSign(step(half), null)).toEqual({ title: '54%', icon: 'eighths-4' });
	expect(tabSign(step({ phase: 'checking', share: 1 }), null)).toEqual({ title: '100%', icon: 'eighths-7' });
	expect(tabSign(step({ ...half, waiting: { for: 'you' } }), null).icon).toBe('paused');
});

test('what ended unseen is marked until it is seen', () => {
	expect(tabSign(null, past)).toEqual({ title: null, icon: 'done' });
	expect(tabSign(null, { ...past, kind: 'failed' }).icon).toBe('failed');
	expect(tabSign(null, { ...past, failures: [{}] as PastJob['failures'] }).icon).toBe('failed');
	expect(tabSign(null, null)).toEqual({ title: null, icon: null });
});
