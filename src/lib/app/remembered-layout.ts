type Layout = 'grid' | 'list';

const key = 'headshot-admin:layout';

/** Cards or lines, as the admin left it in this browser. */
export function getLayout(): Layout {
	try {
		return localStorage.getItem(key) === 'list' ? 'list' : 'grid';
	} catch {
		// Storage is refused, and then nothing is remembered.
		return 'grid';
	}
}

export function setLayout(layout: Layout): Layout {
	try {
		localStorage.setItem(key, layout);
	} catch {
		// As above.
	}
	return layout;
}
