import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTHING_YET, type JobProgress } from '$lib/download/contract';
import { Pace } from '$lib/download/running/pace';
import { roundMinutes, speedLine, timeLeftLine } from '$lib/download/running/time-left';

const MB = 1e6;
const waiting = { for: 'network' } as const;

/** A download of files of one size, whose clock and network the test turns by hand. */
function simulation({ filesTotal = 1000, fileBytes = 2 * MB, filesDone = 0, bytesDone = 0 } = {}) {
	const pace = new Pace();
	let now = 1000;
	let bytes = 0;
	let progress: JobProgress = {
		...NOTHING_YET,
		...{ phase: 'fetching', filesTotal, filesDone, bytes: bytesDone },
	};
	const take = () => pace.take(progress, now);
	take();
	return {
		pace,
		take,
		/** Lets time pass at this speed, in bytes/s, heard every 100 ms; returns every reading of minutes. */
		run(seconds: number, speed: number, change: Partial<JobProgress> = {}) {
			const minutes: (number | null)[] = [];
			for (let step = 0; step < seconds * 10; step++) {
				now += 100;
				bytes += speed / 10;
				const done = Math.min(filesTotal, filesDone + Math.floor(bytes / fileBytes));
				const so = { bytes: bytesDone + Math.round(bytes), filesDone: done };
				progress = { ...progress, waiting: null, ...change, ...so };
				take();
				minutes.push(pace.reading.minutes);
			}
			return minutes;
		},
		sleep: (seconds: number) => (now += seconds * 1000),
		change: (change: Partial<JobProgress>) => (progress = { ...progress, ...change }),
	};
}

/** The minutes that are shown after 0, 1, 2 … seconds, of which each brings so many files and bytes. */
function counted(
	seconds: number,
	inSecond: (second: number) => [files: number, bytes: number],
	filesTotal: number,
) {
	const pace = new Pace();
	let progress: JobProgress = { ...NOTHING_YET, phase: 'fetching', filesTotal };
	return Array.from({ length: seconds + 1 }, (_, second) => {
		const [files, bytes] = second === 0 ? [0, 0] : inSecond(second);
		progress = { ...progress, filesDone: progress.filesDone + files, bytes: progress.bytes + bytes };
		pace.take(progress, second * 1000);
		return pace.reading.minutes;
	});
}

describe('the speed', () => {
	test('is that of the network, and hidden until a second has passed', () => {
		const { pace, run } = simulation();
		run(0.9, 10 * MB);
		expect(pace.reading.speed).toBeNull();
		run(10, 10 * MB);
		expect(pace.reading.speed).toBeCloseTo(10 * MB, -5);
	});

	test('changes once a second, not with every event', () => {
		const { pace, run } = simulation();
		const readings = new Set<unknown>();
		for (let step = 0; step < 100; step++) {
			run(0.1, (step + 1) * MB);
			readings.add(pace.reading);
		}
		expect(readings.size).toBeLessThanOrEqual(11);
	});

	test('of bursts is their average', () => {
		const { pace, run } = simulation();
		for (let second = 0; second < 40; second++) {
			run(0.1, 100 * MB);
			run(0.9, 0);
		}
		expect(pace.reading.speed! / MB).toBeGreaterThan(8);
		expect(pace.reading.speed! / MB).toBeLessThan(12);
	});

	test('falls while a connection stalls, though nothing is heard', () => {
		const { pace, run, take, sleep } = simulation();
		run(20, 10 * MB);
		for (let second = 0; second < 20; second++) {
			sleep(1);
			take();
		}
		expect(pace.reading.speed!).toBeLessThan(2 * MB);
	});

	test('is hidden while the download waits, and is what it was when it goes on', () => {
		const { pace, run } = simulation();
		run(20, 10 * MB);
		run(600, 0, { waiting });
		expect(pace.reading).toEqual({ speed: null, minutes: null });
		// At once: it is known already.
		run(0.2, 10 * MB);
		expect(pace.reading.speed).toBeCloseTo(10 * MB, -5);
	});
});

describe('the time left', () => {
	test('is unknown before five seconds, and before 5 % or 20 files', () => {
		const { run } = simulation();
		expect(run(4.8, 100 * MB).every((minutes) => minutes === null)).toBe(true);
		const slow = simulation({ filesTotal: 1000 });
		expect(slow.run(19, 2 * MB).every((minutes) => minutes === null)).toBe(true);
		expect(slow.run(3, 2 * MB).at(-1)).not.toBeNull();
		const few = simulation({ filesTotal: 10 });
		expect(few.run(6, MB / 2).at(-1)).not.toBeNull();
	});

	test('on a steady network is right, and only ever falls', () => {
		const { run } = simulation({ filesTotal: 1800 });
		const minutes = run(360, 10 * MB).filter((left) => left !== null);
		expect(minutes[0]).toBe(6);
		for (const [index, left] of minutes.entries()) {
			expect(left).toBeLessThanOrEqual(minutes[index - 1] ?? 6);
			// Half a minute is rounding, below one all of it; by what is beyond that the figure lags.
			const really = (minutes.length - 1 - index) / 10;
			expect(Math.abs(60 * left - really)).toBeLessThan(left > 0 ? 35 : 65);
		}
		expect(minutes.at(-1)).toBe(0);
	});

	test('does not count a pause, and is there again a second after it', () => {
		const { run } = simulation({ filesTotal: 1800 });
		const before = run(60, 10 * MB).at(-1);
		run(3600, 0, { waiting });
		expect(run(2, 10 * MB).at(-1)).toBe(before);
	});

	test('does not count the sleep of the computer', () => {
		const { run, sleep } = simulation({ filesTotal: 1800 });
		const before = run(60, 10 * MB).at(-1)!;
		sleep(8 * 3600);
		expect(run(30, 10 * MB).at(-1)).toBeLessThanOrEqual(before + 2);
	});

	test('does not jump when a burst or a short stall comes', () => {
		const { run } = simulation({ filesTotal: 3000 });
		const before = run(60, 10 * MB).at(-1)!;
		const burst = [...run(1, 100 * MB), ...run(1, 10 * MB)];
		expect(Math.min(...burst.map(Number))).toBeGreaterThanOrEqual(before - 3);
		expect(run(2, 0).at(-1)).toBeLessThanOrEqual(before + 3);
	});

	test('follows a network that became slower for good', () => {
		const { run } = simulation({ filesTotal: 3000 });
		run(60, 10 * MB);
		// 5.4 GB are left after two minutes at the half speed and one at the whole.
		const minutes = run(60, 5 * MB).at(-1)!;
		expect(minutes).toBeGreaterThanOrEqual(16);
		expect(minutes).toBeLessThanOrEqual(19);
	});

	test.each([0, 2800 * MB])('of a continued download leaves out what was there, %i bytes', (bytesDone) => {
		const { run } = simulation({ filesTotal: 2000, filesDone: 1400, bytesDone });
		// 600 files of 2 MB at 5 MB/s are 4 minutes; the 1,400 files cost no time.
		expect(run(20, 5 * MB).at(-1)).toBe(4);
	});

	test('is told from the 20th file on, or the 20th part of them, but never before five seconds', () => {
		const many = counted(30, () => [1, 2 * MB], 1000);
		expect(many.map((minutes) => minutes !== null).indexOf(true)).toBe(20);
		const few = counted(30, () => [1, 2 * MB], 100);
		expect(few.map((minutes) => minutes !== null).indexOf(true)).toBe(5);
	});

	test('goes by bytes and by files alike: photos larger than those before mislead only one of them', () => {
		// 640 files are left. One a second, they take 10 minutes by their number, and 3 by what the usual one weighs.
		const left = counted(120, (second) => (second <= 60 ? [5, 10 * MB] : [1, 10 * MB]), 1000).at(-1);
		expect(left).toBeGreaterThanOrEqual(5);
		expect(left).toBeLessThanOrEqual(7);
	});

	test('goes by files alone where nothing but failures comes', () => {
		expect(counted(60, () => [5, 0], 1200).at(-1)).toBe(3);
	});

	test('of a network that has all but stopped is no number: nobody waits for days', () => {
		const { pace, run } = simulation();
		run(60, 10 * MB);
		run(120, 0);
		expect(pace.reading.minutes).toBeNull();
	});

	test('is unknown once all photos are here and the archive is being made', () => {
		const { pace, run } = simulation();
		run(20, 10 * MB);
		run(1, 0, { phase: 'packing' });
		expect(pace.reading).toEqual({ speed: null, minutes: null });
	});

	test('is no number that means nothing, whatever happens', () => {
		const event = fc.record({
			after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120_000 })),
			bytes: fc.integer({ min: 0, max: 1e9 }),
			files: fc.integer({ min: 0, max: 50 }),
			phase: fc.constantFrom('listing', 'fetching', 'fetching', 'fetching', 'packing', 'checking'),
			waits: fc.boolean(),
		});
		fc.assert(
			fc.property(
				fc.array(event, { maxLength: 60 }),
				fc.integer({ min: 0, max: 500 }),
				(events, filesTotal) => {
					const pace = new Pace();
					let now = 0;
					let [bytes, filesDone] = [0, 0];
					for (const { after, bytes: more, files, phase, waits } of events) {
						now += after;
						bytes += more;
						filesDone = Math.min(filesTotal, filesDone + files);
						const progress = { ...NOTHING_YET, phase, bytes, filesDone, filesTotal } as JobProgress;
						pace.take({ ...progress, waiting: waits ? waiting : null }, now);
						const { speed, minutes } = pace.reading;
						expect(speed === null || (Number.isFinite(speed) && speed >= 0)).toBe(true);
						expect(minutes === null || (Number.isInteger(minutes) && minutes >= 0)).toBe(true);
					}
				},
			),
		);
	});
});

test.each([
	[0, 'Less than a minute left'],
	[1, 'About 1 minute left'],
	[3, 'About 3 minutes left'],
	[60, 'About 1 hour left'],
	[70, 'About 1 hour 10 minutes left'],
	[125, 'About 2 hours 5 minutes left'],
])('%s minutes are "%s"', (minutes, line) => expect(timeLeftLine(minutes)).toBe(line));

test('a speed is told by the second', () => expect(speedLine(12_300_000)).toBe('12.3 MB/s'));

test.each([
	[0.99, null, 0],
	[1, null, 1],
	[1.1, null, 1],
	[2.4, null, 2],
	[72.4, null, 70],
	[612, null, 600],
	[2.6, 2, 2],
	[3.1, 2, 2],
	[3.3, 2, 3],
	[1.2, 2, 1],
	[0.9, 1, 0],
	[1.1, 0, 0],
	[3.2, 2, 2],
	[61, 58, 58],
	[88, 80, 80],
	[665, 600, 600],
	[680, 600, 660],
])('%s minutes, shown as %s, become %s', (minutes, shown, rounded) =>
	expect(roundMinutes(minutes, shown)).toBe(rounded),
);
