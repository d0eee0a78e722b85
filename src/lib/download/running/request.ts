import type { JobRequest } from '$lib/download/contract';
import { plainOptions } from '$lib/download/options/options';
import type { Order } from './job-view';

/** What the worker is asked for. */
export function requestOf(
	{ scope, files, interrupted, series, whateverRoom = false }: Order,
	filename: string,
	organizationUid: string | null,
): JobRequest {
	const { team, shootIds = null, organization = null, options = plainOptions } = scope;
	return {
		id: interrupted?.id ?? newId(),
		organizationUid,
		continues: interrupted !== undefined,
		teamId: team?.id ?? null,
		shootIds,
		files,
		// It is written down again and again while it runs.
		series: series
			? { ...series, parts: series.parts.map((part, n) => (n > series.index ? part : [])) }
			: null,
		options,
		whateverRoom,
		organization,
		filename,
	};
}

/** Also the name of a file. `randomUUID` needs a secure context, which http on a local network isn't. */
function newId(): string {
	const random = crypto.getRandomValues(new Uint32Array(4));
	return `${Date.now().toString(36)}-${[...random].map((word) => word.toString(36)).join('')}`;
}
