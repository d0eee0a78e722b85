import { version } from '$app/environment';

/** What this version is made of stays in the browser as long as this tab holds its lock: from the start on. */
export function holdVersion(): void {
	if (!('locks' in navigator)) return;
	const forEver = new Promise<void>(() => {});
	void navigator.locks.request(`headshot-admin:version:${version}`, { mode: 'shared' }, () => forEver);
}
