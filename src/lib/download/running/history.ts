import type { Delivered, FileFailure, JobOutcome } from '$lib/download/contract';
import type { Job, Scope } from './job-view';
import { outcomeLine, receiptLine } from './outcome';

/** A download that has ended: what came of it, without its archive. */
export interface PastJob {
	id: number;
	filename: string;
	scope: Scope;
	round: number;
	/** How it ended. */
	kind: JobOutcome['kind'];
	/** "43 of 45 members saved; 3 files failed" */
	line: string;
	/** What is in the archive, or why there is none; a sentence, or empty. */
	detail: string;
	failures: FileFailure[];
	/** Whose every file is in the archive. */
	delivered: readonly Delivered[];
	/** ms since the epoch. */
	endedAt: number;
}

/** So many are remembered, for as long as the page is open. */
const LONGEST = 20;

/** @returns the jobs that have ended with this one in front */
export function addToHistory(
	history: readonly PastJob[],
	{ id, filename, scope, round, failures }: Job,
	outcome: JobOutcome,
	endedAt: number,
): readonly PastJob[] {
	const line = outcomeLine(outcome);
	const past = {
		id,
		filename,
		scope,
		round,
		kind: outcome.kind,
		line,
		detail: detailOf(outcome),
		failures,
		delivered: outcome.kind === 'saved' ? outcome.delivered : [],
		endedAt,
	};
	return [past, ...history].slice(0, LONGEST);
}

function detailOf(outcome: JobOutcome): string {
	if (outcome.kind === 'saved') return receiptLine(outcome);
	return outcome.kind === 'failed' ? outcome.reason : '';
}
