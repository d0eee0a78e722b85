import type { Sort } from '$lib/members/arrange';
import type { JoinedMember } from '$lib/members/member';
import type { Tab } from './view';

export const tabLabels: Record<Tab, string> = {
	all: 'All',
	finished: 'Finished',
	joined: 'Joined',
	invited: 'Invited',
	attention: 'Attention',
	deleted: 'Deleted',
	actioned: 'Actioned',
};

/** What each of them counts. */
export const tabNouns: Record<Tab, string> = {
	all: 'member',
	finished: 'photo shoot',
	joined: 'member',
	invited: 'open invite',
	attention: 'photo shoot',
	deleted: 'photo shoot',
	actioned: 'photo shoot',
};

export const sortLabels: Record<Sort, string> = {
	latest: 'Sort: Latest',
	name: 'Sort: Name A–Z',
	actioned: 'Sort: Actioned last',
};

export const stepLabels: Record<JoinedMember['step'], string> = {
	joined: 'Joined, nothing uploaded yet',
	uploading: 'Uploading photos',
	generating: 'Headshots are being made',
	failed: 'The photo shoot failed',
	gone: 'The photo shoot was deleted',
};
