import { describe, expect, test } from 'vitest';
import { NOTHING_YET, type JobProgress, type Waiting } from '$lib/download/contract';
import { Course, overallShare, percent, progressLine, waitingLine } from '$lib/download/running/course';

describe('the course of a download, in words', () => {
	const fetching: JobProgress = {
		...NOTHING_YET,
		...{ phase: 'fetching', membersDone: 123, membersTotal: 450, filesDone: 1, filesTotal: 4, bytes: 99 },
	};
	const follow = (...states: JobProgress[]) => {
		const course = new Course();
		return states.map((progress) => course.follow({ kind: 'running', progress })).at(-1)!;
	};

	test('before anything is known', () => {
		expect(follow(NOTHING_YET)).toEqual({
			...{ share: null, phase: 'Finding favorites…', members: 'Counting members…', bytes: 0 },
			...{ waiting: null, paused: false, pausable: false },
			...{ said: 'Looking for favorites', topic: 'running ' },
		});
	});

	test('while photos are fetched', () => {
		expect(follow(fetching)).toEqual({
			...{ share: 0.225, phase: 'Downloading photos', members: '123 of 450 members', bytes: 99 },
			...{ waiting: null, paused: false, pausable: true, said: '22% done', topic: 'running ' },
		});
	});

	test('in one line: what is being done, and then how much of it', () => {
		expect(progressLine(follow(NOTHING_YET))).toBe('Finding favorites…');
		expect(progressLine(follow(fetching))).toBe('22%, 123 of 450 members');
	});

	test.each<[JobProgress['phase'], number, string]>([
		['packing', 0.93, 'Packing'],
		['checking', 0.98, 'Checking the archive'],
	])('%s is another tenth of the bar, and can’t be paused', (phase, share, words) => {
		const step = follow({ ...fetching, phase, share: 0.5 });
		expect(step).toMatchObject({ phase: words, pausable: false });
		expect(step.share).toBeCloseTo(share);
	});

	test.each<[Waiting, string, string]>([
		[{ for: 'network' }, 'Standing still: there is no network', 'Waiting for the network'],
		[{ for: 'sign-in' }, 'Standing still: you have to sign in', 'Waiting for you to sign in'],
		[{ for: 'you' }, 'Standing still: it is paused', 'Paused'],
		[
			{ for: 'server', until: 62_001 },
			'Standing still: the server asked for a pause',
			'Paused by the server for 62 s',
		],
	])('that stands still for %j says why', (waiting, said, line) => {
		expect(follow({ ...fetching, waiting })).toMatchObject({
			...{ waiting, paused: true, said, topic: `running ${waiting.for}` },
		});
		expect(waitingLine(waiting, 1000)).toBe(line);
	});

	test('never goes backwards when more files turn up', () => {
		expect(follow(fetching, { ...fetching, filesTotal: 8 }).share).toBe(0.225);
	});

	test('begins anew when favorites are looked for again', () => {
		expect(follow(fetching, NOTHING_YET, { ...fetching, filesDone: 0 }).share).toBe(0);
	});

	test('that is being cancelled stays where it was', () => {
		const course = new Course();
		course.follow({ kind: 'running', progress: { ...fetching, waiting: { for: 'network' } } });
		expect(course.follow({ kind: 'cancelling' })).toEqual({
			...{ share: 0.225, phase: 'Cancelling…', members: '123 of 450 members', bytes: 99 },
			...{ waiting: null, paused: true, pausable: false },
			...{ said: 'The download is being cancelled', topic: 'cancelling ' },
		});
		expect(new Course().follow({ kind: 'cancelling' })).toMatchObject({
			...{ share: null, members: 'Counting members…', bytes: 0, phase: 'Cancelling…' },
		});
	});

	test('a share stays within its phase, whatever the worker says', () => {
		const of = (change: Partial<JobProgress>) => overallShare({ ...fetching, ...change });
		expect([of({ filesTotal: 0 }), of({ filesDone: 9 }), of({ filesDone: -1 })]).toEqual([0, 0.9, 0]);
		expect(of({ phase: 'checking', share: 2 })).toBe(1);
	});

	test('percents are never rounded up: 100% means done', () => {
		expect([percent(0), percent(0.275), percent(0.9999), percent(1)]).toEqual(['0%', '27%', '99%', '100%']);
	});
});
