import { describe, expect, test } from 'vitest';
import { overallShare, waitingLine } from '$lib/download/running/course';
import type { FileFailure, JobOutcome, JobProgress } from '$lib/download/contract';
import { markLabel, outcomeLine, receiptLine } from '$lib/download/running/outcome';
import { initials } from '$lib/ui/initials';
import { count, formatBytes } from '$lib/ui/numbers';

const failure: FileFailure = {
	shootId: '1',
	photoId: 'p',
	picture: null,
	member: 'Ada',
	email: null,
	file: 'pfp.jpg',
	reason: 'Gone.',
};

function saved(membersSaved: number, membersTotal: number, failed: number) {
	return {
		kind: 'saved',
		filename: 'team-photos-2026-11-02.zip',
		blob: new Blob(),
		entries: 88,
		bytes: 213_000_000,
		membersSaved,
		membersTotal,
		spool: null,
		inPlace: false,
		delivered: [],
		skipped: [],
		failures: Array.from({ length: failed }, () => failure),
	} satisfies JobOutcome;
}

describe('the outcome line', () => {
	test.each<[JobOutcome, string]>([
		[saved(43, 45, 3), '43 of 45 members saved; 3 files failed'],
		[saved(45, 45, 0), '45 of 45 members saved'],
		[saved(0, 1, 1), '0 of 1 member saved; 1 file failed'],
		[saved(1200, 1234, 1034), '1,200 of 1,234 members saved; 1,034 files failed'],
		[
			{ kind: 'empty', membersTotal: 0, failures: [], skipped: [], reason: 'Why.' },
			'There is nothing to download.',
		],
		[
			{ kind: 'empty', membersTotal: 1, failures: [failure], skipped: [], reason: null },
			'Nothing was saved; 1 file failed',
		],
		[{ kind: 'cancelled' }, 'Download cancelled. Nothing was saved.'],
		[{ kind: 'failed', reason: '', failures: [] }, 'The download stopped. Nothing was saved.'],
	])('%#: %o', (outcome, line) => expect(outcomeLine(outcome)).toBe(line));

	test('the receipt tells what was read back', () => {
		expect(receiptLine(saved(43, 45, 3))).toBe('88 files, 213 MB, read back and verified');
	});
});

describe('numbers', () => {
	test.each([
		[0, '0 bytes'],
		[1, '1 byte'],
		[999, '999 bytes'],
		[1000, '1 kB'],
		[999_499, '999 kB'],
		[999_500, '1 MB'],
		[12_345_678, '12.3 MB'],
		[1_460_000_000, '1.46 GB'],
		[1_234_000_000_000, '1,234 GB'],
	])('%d bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

	test('one is singular, everything else is plural', () => {
		expect([0, 1, 2].map((value) => count(value, 'file'))).toEqual(['0 files', '1 file', '2 files']);
	});
});

describe('the share of the whole', () => {
	const progress: JobProgress = {
		phase: 'fetching',
		membersDone: 0,
		membersTotal: 0,
		filesDone: 0,
		filesTotal: 0,
		bytes: 0,
		share: 0,
		waiting: null,
	};

	test('grows from phase to phase and ends at 1', () => {
		const shares = [
			{ ...progress, filesTotal: 2 },
			{ ...progress, filesDone: 2, filesTotal: 2 },
			{ ...progress, phase: 'packing' as const, share: 0.5 },
			{ ...progress, phase: 'checking' as const, share: 0 },
			{ ...progress, phase: 'checking' as const, share: 1 },
		].map((each) => overallShare(each) ?? -1);
		expect(shares).toEqual([...shares].sort((a, b) => a - b));
		expect(shares.at(0)).toBe(0);
		expect(shares.at(-1)).toBe(1);
	});

	test('is unknown while favorites are being found', () => {
		expect(overallShare({ ...progress, phase: 'listing' })).toBeNull();
	});

	test('a pause that is over still reads as a second', () => {
		expect(waitingLine({ for: 'server', until: 1000 }, 5000)).toBe('Paused by the server for 1 s');
	});
});

test.each([
	['Ada Lovelace', 'AL'],
	['Jean-Luc Picard de la Barre', 'JB'],
	['ada@example.com', 'A'],
	['ada.lovelace@example.com', 'AL'],
	['李小龍', '李'],
	['👩‍🚀', ''],
])('the initials of %s are %s', (name, letters) => expect(initials(name)).toBe(letters));

test.each([
	[1, undefined, 'Mark this one as actioned'],
	[45, undefined, 'Mark these 45 as actioned'],
	[1_200, 1_200, 'Mark these 1,200 as actioned'],
	[46, 45, 'Mark these 46 photo shoots as actioned'],
])('the press that marks %i shoots of %s members says "%3$s"', (shoots, members, words) => {
	expect(markLabel(shoots, members)).toBe(words);
});
