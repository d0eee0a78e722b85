/** Where a screen's data comes from. */
export interface DataSource {
	/**
	 * `stand-in` made-up data; `gateway` live data through a gateway on this computer; `dashboard` live data in
	 * HeadshotPro's own page.
	 */
	kind: 'stand-in' | 'gateway' | 'dashboard';
	/** A few words more, e.g. whose data; may be empty. */
	label: string;
}
