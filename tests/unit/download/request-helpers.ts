import type { JobRequest } from '$lib/download/contract';
import { plainOptions } from '$lib/download/options/options';

/** A job of an organization that goes on with what an earlier run has left. */
export const continued: JobRequest = {
	id: 'job-1',
	organizationUid: 'acme',
	continues: true,
	teamId: null,
	shootIds: null,
	files: null,
	series: null,
	options: plainOptions,
	whateverRoom: false,
	organization: 'Acme',
	filename: 'team-photos-2026-11-24.zip',
};
