import type { Session } from '$lib/session/session.svelte';
import type { Tell } from './events';

/** Tells the host how a session goes. @returns ends it */
export function watchSession({ roster, downloads }: Session, tell: Tell): () => void {
	return $effect.root(() => {
		let isReady = false;
		let [started, ended] = [0, 0];

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
			if (!job || job.id === started) return;
			started = job.id;
			tell('downloadstart', { filename: job.filename });
		});

		$effect(() => {
			const [past] = downloads.history;
			if (!past || past.id === ended) return;
			ended = past.id;
			const { filename, kind, line, detail } = past;
			tell('downloadend', { filename, outcome: kind, message: line });
			if (kind === 'failed') tell('error', { code: 'download', message: detail || line });
		});
	});
}
