import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { slices } from '$lib/csv/slices';

/** Items that take so many ms each to gather. */
function* slow(count: number, ms: number) {
	for (let item = 1; item <= count; item++) {
		vi.advanceTimersByTime(ms);
		yield item;
	}
}

function frozen(): void {
	vi.useFakeTimers({ now: 0 });
	onTestFinished(() => void vi.useRealTimers());
}

describe('a slice', () => {
	test('has so many items and no more', () => {
		frozen();
		expect([...slices([1, 2, 3, 4, 5], 8, 2)]).toEqual([[1, 2], [3, 4], [5]]);
	});

	test('ends when its time is over', () => {
		frozen();
		expect([...slices(slow(7, 3), 8, 100)]).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
	});

	test('that just fits the time is one', () => {
		frozen();
		expect([...slices(slow(3, 4), 8, 100)]).toEqual([[1, 2], [3]]);
	});

	test('has its own time, however long the one before was worked on', () => {
		frozen();
		const sizes: number[] = [];
		for (const slice of slices(slow(4, 3), 8, 2)) {
			sizes.push(slice.length);
			vi.advanceTimersByTime(1_000);
		}
		expect(sizes).toEqual([2, 2]);
	});

	test('takes no item before it is asked for', () => {
		frozen();
		const taken: number[] = [];
		const items = (function* () {
			for (let item = 1; item <= 4; item++) {
				taken.push(item);
				yield item;
			}
		})();
		const first = slices(items, 8, 2).next();
		expect([first.value, taken]).toEqual([
			[1, 2],
			[1, 2],
		]);
	});
});

test('of nothing there is none, and of whole slices no empty one', () => {
	expect([...slices([], 8, 2)]).toEqual([]);
	expect([...slices([1, 2], 8, 2)]).toEqual([[1, 2]]);
});
