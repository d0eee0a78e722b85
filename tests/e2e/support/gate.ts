/** Something that waits until a test lets it go: the `until` of a stand-in's `hold`. */
export interface Gate {
	until: Promise<void>;
	open(): void;
}

export function gate(): Gate {
	let open = () => {};
	const until = new Promise<void>((resolve) => (open = resolve));
	return { until, open };
}
