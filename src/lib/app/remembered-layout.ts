import { recall, remember } from '$lib/storage/local';

type Layout = 'grid' | 'list';

const KEY = 'headshot-admin:layout';

/** Cards or lines, as the admin left it in this browser. */
export function getLayout(): Layout {
	return recall(KEY) === 'list' ? 'list' : 'grid';
}

export function setLayout(layout: Layout): Layout {
	remember(KEY, layout);
	return layout;
}
