import { count, formatNumber } from '$lib/ui/numbers';
import type { JobPhase, JobProgress, Waiting } from './contract';

/** How much of the bar is filled when a phase begins; fetching is nearly all of the time. */
const begins = { fetching: 0, packing: 0.9, checking: 0.96, end: 1 };

/** How much of the whole download is done, 0 to 1; `null` while it is not known how much there is. */
export function overallShare(progress: JobProgress): number | null {
	switch (progress.phase) {
		case 'listing':
			return null;
		case 'fetching':
			return between(begins.fetching, begins.packing, ratio(progress.filesDone, progress.filesTotal));
		case 'packing':
			return between(begins.packing, begins.checking, progress.share);
		case 'checking':
			return between(begins.checking, begins.end, progress.share);
	}
}

/** One download's bar, which never goes backwards, even when more files turn up on the way. */
export class Course {
	#highest = 0;

	/** The share to show now, 0 to 1, or `null`; finding favorites is a new start. */
	follow(progress: JobProgress): number | null {
		const share = overallShare(progress);
		this.#highest = share === null ? 0 : Math.max(this.#highest, share);
		return share === null ? null : this.#highest;
	}
}

/** What is being done, for the line above the bar. */
export const phaseLabels: Record<JobPhase, string> = {
	listing: 'Finding favorites…',
	fetching: 'Downloading photos',
	packing: 'Packing',
	checking: 'Checking the archive',
};

/** "123 of 450 members" */
export function memberCount(progress: JobProgress): string {
	return `${formatNumber(progress.membersDone)} of ${count(progress.membersTotal, 'member')}`;
}

/** 0.275 → "27%": never rounded up, so that 100% means done. */
export function percent(share: number): string {
	return `${Math.floor(share * 100)}%`;
}

/**
 * Why the download is standing still.
 * @param now ms since the epoch, for the countdown
 */
export function waitingLine(waiting: Waiting, now: number): string {
	switch (waiting.for) {
		case 'network':
			return 'Waiting for the network';
		case 'server':
			return `Paused by the server for ${formatNumber(Math.max(1, Math.ceil((waiting.until - now) / 1000)))} s`;
		case 'sign-in':
			return 'Waiting for you to sign in';
	}
}

function between(from: number, to: number, share: number): number {
	return from + (to - from) * Math.min(1, Math.max(0, share));
}

function ratio(done: number, total: number): number {
	return total === 0 ? 0 : done / total;
}
