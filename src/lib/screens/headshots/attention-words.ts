import type { Concern } from '$lib/members/attention';

/** `short` on a row, `label` on the filter, `hint` once it is chosen. */
export const concernWords: Record<Concern, { label: string; short: string; hint: string }> = {
	'no-favorite': {
		label: 'No favorite chosen',
		short: 'no favorite',
		hint: 'Without a favorite there is nothing to download for them. An access link takes them back to their headshots.',
	},
	'no-profile-picture': {
		label: 'No profile picture',
		short: 'no profile picture',
		hint: 'Their folder will hold the headshot only, until a profile picture is generated in HeadshotPro.',
	},
	'several-shoots': {
		label: 'More than one shoot',
		short: 'more than one shoot',
		hint: 'Each shoot with a favorite gets a folder of its own. To hand over only one of them, select it and press Download.',
	},
	'same-folder': {
		label: 'Same folder name',
		short: 'same folder name as somebody else',
		hint: 'Their folders would have the same name, so that one of them gets a number behind it.',
	},
	changed: {
		label: 'Changed since actioned',
		short: 'changed since actioned',
		hint: 'They chose another favorite after you handed the last one over.',
	},
	overdue: {
		label: 'Finished over three weeks ago',
		short: 'finished over three weeks ago',
		hint: 'If your organization deletes its data 30 days after a shoot, these headshots may soon be gone.',
	},
};
