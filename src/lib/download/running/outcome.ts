import { count, formatBytes, formatNumber } from '$lib/ui/numbers';
import type { FileFailure, JobOutcome } from '$lib/download/contract';

/** "43 of 45 members saved; 3 files failed", and a sentence for every other way a download ends. */
export function outcomeLine(outcome: JobOutcome): string {
	switch (outcome.kind) {
		case 'saved': {
			const saved = `${formatNumber(outcome.membersSaved)} of ${count(outcome.membersTotal, 'member')} saved`;
			return outcome.failures.length === 0 ? saved : `${saved}; ${failureCount(outcome.failures)}`;
		}
		case 'empty':
			return outcome.failures.length === 0
				? 'There is nothing to download.'
				: `Nothing was saved; ${failureCount(outcome.failures)}`;
		case 'no-room':
			return 'There is hardly room for all of it.';
		case 'cancelled':
			return 'Download cancelled. Nothing was saved.';
		case 'failed':
			return 'The download stopped. Nothing was saved.';
	}
}

/** "Mark these 45 as actioned". @param members whose they are, where that is told beside it */
export function markLabel(shoots: number, members: number = shoots): string {
	if (shoots === 1) return 'Mark this one as actioned';
	return `Mark these ${shoots === members ? formatNumber(shoots) : count(shoots, 'photo shoot')} as actioned`;
}

/** "88 files, 213 MB, read back and verified" */
export function receiptLine(outcome: Extract<JobOutcome, { kind: 'saved' }>): string {
	return `${count(outcome.entries, 'file')}, ${formatBytes(outcome.bytes)}, read back and verified`;
}

/** "3 files failed" */
export function failureCount(failures: readonly FileFailure[]): string {
	return `${count(failures.length, 'file')} failed`;
}
