import type { Downloads } from '$lib/download/running/downloads.svelte';
import { ScreenLock } from '$lib/download/running/wake-lock';
import { holdBusy } from '$lib/offline/other-tabs';

/**
 * Protects a running download, with or without a screen that shows it: other tabs leave this device's data alone,
 * whoever leaves the page is asked first, and the computer stays awake unless it is paused.
 * @returns ends it
 */
export function protectDownload(downloads: Downloads): () => void {
	const screenLock = new ScreenLock({ wakeLock: navigator.wakeLock, document });
	return $effect.root(() => {
		// Derived: the job changes with every photo, and nobody may slip in between.
		const running = $derived(downloads.running);
		$effect(() => {
			if (!running) return;
			const release = holdBusy();
			addEventListener('beforeunload', ask);
			return () => {
				removeEventListener('beforeunload', ask);
				release();
			};
		});

		const moving = $derived(running && !isPaused(downloads));
		$effect(() => {
			if (!moving) return;
			screenLock.hold();
			return () => screenLock.release();
		});
	});
}

/** The browser asks whether to leave: the download would be lost. */
function ask(event: BeforeUnloadEvent): void {
	event.preventDefault();
}

function isPaused({ job }: Downloads): boolean {
	return job?.state.kind === 'running' && job.state.progress.waiting?.for === 'you';
}
