import { count, formatNumber } from '$lib/ui/numbers';
import { NOTHING_YET, type JobPhase, type JobProgress, type Waiting } from '$lib/download/contract';
import type { Job } from './downloads.svelte';

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

/** Where a download is, in the words of the screen. */
export interface Step {
	/** How much of the bar is filled, 0 to 1; `null` while it is not known how much there is. */
	share: number | null;
	/** What is being done. */
	phase: string;
	/** "123 of 450 members" */
	members: string;
	bytes: number;
	/** Why it stands still, if it does. */
	waiting: Waiting | null;
	/** It stands still, or is being cancelled. */
	paused: boolean;
	/** Pause or Resume can be pressed: only between two photos is there a place to stop. */
	pausable: boolean;
	/** What a screen reader says, and the topic whose change is worth saying at once. */
	said: string;
	topic: string;
}

/** Follows one download. The bar never goes backwards, even when more files turn up on the way. */
export class Course {
	#highest = 0;
	#progress: JobProgress = NOTHING_YET;

	/** @returns where the job is now; while it is being cancelled, where it was */
	follow(state: Job['state']): Step {
		if (state.kind === 'running') this.#progress = state.progress;
		const progress = this.#progress;
		const cancelling = state.kind === 'cancelling';
		const share = this.#rise(overallShare(progress));
		const waiting = cancelling ? null : progress.waiting;
		return {
			share,
			phase: cancelling ? 'Cancelling…' : phaseLabels[progress.phase],
			members: share === null ? 'Counting members…' : memberCount(progress),
			bytes: progress.bytes,
			waiting,
			paused: cancelling || waiting !== null,
			pausable: state.kind === 'running' && progress.phase === 'fetching',
			said: cancelling ? 'The download is being cancelled' : said(share, waiting),
			topic: `${state.kind} ${waiting?.for ?? ''}`,
		};
	}

	/** Finding favorites is a new start. */
	#rise(share: number | null): number | null {
		this.#highest = share === null ? 0 : Math.max(this.#highest, share);
		return share === null ? null : this.#highest;
	}
}

/** "27%, 123 of 450 members"; what is being done, as long as nobody knows how much there is. */
export function progressLine({ share, phase, members }: Step): string {
	return share === null ? phase : `${percent(share)}, ${members}`;
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
		case 'you':
			return 'Paused';
	}
}

/** What is being done, for the line above the bar. */
const phaseLabels: Record<JobPhase, string> = {
	listing: 'Finding favorites…',
	fetching: 'Downloading photos',
	packing: 'Packing',
	checking: 'Checking the archive',
};

function said(share: number | null, waiting: Waiting | null): string {
	if (waiting !== null) return `Standing still: ${standstill[waiting.for]}`;
	return share === null ? 'Looking for favorites' : `${percent(share)} done`;
}

const standstill: Record<Waiting['for'], string> = {
	network: 'there is no network',
	server: 'the server asked for a pause',
	'sign-in': 'you have to sign in',
	you: 'it is paused',
};

/** "123 of 450 members" */
function memberCount(progress: JobProgress): string {
	return `${formatNumber(progress.membersDone)} of ${count(progress.membersTotal, 'member')}`;
}

function between(from: number, to: number, share: number): number {
	return from + (to - from) * Math.min(1, Math.max(0, share));
}

function ratio(done: number, total: number): number {
	return total === 0 ? 0 : done / total;
}
