import type { LogEntry, PhotoFile, Shoot, StandIn } from '../../backend/stand-in.ts';

/** Every request for a photo that a download fetches, in the order of arrival. */
export function photoRequests({ log }: StandIn): LogEntry[] {
	return log.filter(
		({ host, method, file }) =>
			host === 'photo' && method === 'GET' && (file === 'headshot' || file === 'pfp'),
	);
}

/** Every request for one photo. */
export function triesFor(standIn: StandIn, shoot: Shoot, file: PhotoFile = 'headshot'): LogEntry[] {
	return photoRequests(standIn).filter((entry) => entry.shootId === shoot.id && entry.file === file);
}

/** How often each photo was asked for, by `shoot file`. */
export function countPhotos(standIn: StandIn): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { shootId, file } of photoRequests(standIn)) {
		const key = `${shootId} ${file}`;
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** How often each photo went out whole, by path. */
export function timesServed(standIn: StandIn): Map<string, number> {
	const answers = photoRequests(standIn).filter(
		({ status, finishedAt }) => status === 200 && finishedAt !== null,
	);
	const sizes = new Map<string, number>();
	for (const { path, bytes } of answers) sizes.set(path, Math.max(bytes, sizes.get(path) ?? 0));
	const times = new Map<string, number>();
	for (const { path, bytes, aborted } of answers) {
		if (!aborted && bytes === sizes.get(path)) times.set(path, (times.get(path) ?? 0) + 1);
	}
	return times;
}

/** Calls of the API whose path ends so. */
export function callsTo({ log }: StandIn, ending: string): LogEntry[] {
	return log.filter(({ host, method, path }) => host === 'api' && method === 'GET' && path.endsWith(ending));
}
