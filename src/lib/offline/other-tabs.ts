/*
 * What the tabs of one browser tell each other about this device.
 */

const BUSY = 'headshot-admin:busy';
const CHANNEL = 'headshot-admin:device';

export interface DeviceChannel {
	/** Tells the other tabs to let go of everything. */
	tellForget(): void;
	close(): void;
}

/** The line to the other tabs. @param onforget another tab, or another element of this page, forgets this device */
export function openDeviceChannel(onforget: () => void): DeviceChannel {
	const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
	channel?.addEventListener('message', ({ data }) => data === 'forget' && onforget());
	return { tellForget: () => channel?.postMessage('forget'), close: () => channel?.close() };
}

/** Lets the other tabs know that this one must not be disturbed. @returns ends it */
export function holdBusy(): () => void {
	if (!('locks' in navigator)) return () => {};
	const over = new AbortController();
	let release = () => over.abort();
	navigator.locks
		.request(BUSY, { mode: 'shared', signal: over.signal }, () => {
			if (over.signal.aborted) return;
			return new Promise<void>((resolve) => (release = resolve));
		})
		.catch(() => {});
	return () => release();
}

/** A download runs, in whatever tab. */
export async function isAnyBusy(): Promise<boolean> {
	if (!('locks' in navigator)) return false;
	const { held = [] } = await navigator.locks.query();
	return held.some(({ name }) => name === BUSY);
}
