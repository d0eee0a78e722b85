import type { JobOutcome } from '$lib/download/contract';
import type { Job } from '$lib/download/running/downloads.svelte';
import { outcomeLine } from '$lib/download/running/outcome';
import type { Session } from '$lib/session/session.svelte';
import type { Tell } from './events';

/** Tells the host how a session goes. @returns ends it */
export function watchSession({ roster, downloads }: Session, tell: Tell): () => void {
	/** The download that the host has heard begin, and not end. */
	let heard: Job | null = null;
	/** The id of the one that began last. */
	let latest = 0;

	return $effect.root(() => {
		let isReady = false;

		$effect(() => {
			const { state } = roster;
			if (state.kind === 'ready' && !isReady) {
				isReady = true;
				tell('ready', { organization: { ...roster.data.organization } });
			} else if (state.kind === 'signed-out') {
				tell('error', { code: 'signed-out', message: 'The admin is signed out.' });
			} else if (state.kind === 'failed') {
				tell('error', { code: 'load', message: state.reason });
			}
		});

		$effect(() => {
			const { job } = downloads;
			// Nothing is left of it when others come in sight.
			if (heard !== null && heard.id !== job?.id) end(heard, { kind: 'cancelled' });
			if (!job) return;
			if (job.id !== latest) begin(job);
			if (heard !== null && job.state.kind === 'finished') end(job, job.state.outcome);
		});
	});

	function begin(job: Job): void {
		heard = job;
		latest = job.id;
		tell('downloadstart', { filename: job.filename });
	}

	function end({ filename }: Job, outcome: JobOutcome): void {
		heard = null;
		const message = outcomeLine(outcome);
		tell('downloadend', { filename, outcome: outcome.kind, message });
		if (outcome.kind === 'failed') tell('error', { code: 'download', message: outcome.reason || message });
	}
}
