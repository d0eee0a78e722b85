import type { LogEntry, PhotoFile, Shoot, StandIn } from '../../backend/stand-in.ts';

/** Every request for a photo that a download fetches, in the order of arrival. */
export function photoRequests({ log }: StandIn): LogEntry[] {
	return log.filter(
		({ host, method, file }) => host === 'photo' && method === 'GET' && (file === 'headshot' || file === 'pfp'),
	);
}

/** Every request for one photo. */
export function triesFor(standIn: StandIn, shoot: Shoot, file: PhotoFile = 'headshot'): LogEntry[] {
	return photoRequests(standIn).filter((entry) => entry.shootId === shoot.id && entry.file === file);
}

/** Photos that went out whole, by path: how often. */
export function timesServed(standIn: StandIn): Map<string, number> {
	const times = new Map<string, number>();
	for (const { path, status, aborted, finishedAt, bytes } of photoRequests(standIn)) {
		if (status !== 200 || aborted || finishedAt === null || bytes === 0) continue;
		times.set(path, (times.get(path) ?? 0) + 1);
	}
	return times;
}

/** Calls of the API whose path ends so. */
export function callsTo({ log }: StandIn, ending: string): LogEntry[] {
	return log.filter(({ host, method, path }) => host === 'api' && method === 'GET' && path.endsWith(ending));
}
