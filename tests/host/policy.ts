/** The policy that the README asks of a host, for these origins. */
export interface PolicyOrigins {
	/** Where the element's script comes from; the host's own origin when `null`. */
	script: string | null;
	/** The backend and its photos, where they are elsewhere. */
	api: string | null;
	photos: string;
	/** The page is made with Svelte, which the element brings as well. */
	withSvelte?: boolean;
	/** No worker may run. */
	withoutWorkers?: boolean;
	/** Who may show the host in a frame; nobody else than itself unless told. */
	framedBy?: string;
}

export function hostPolicy({
	script,
	api,
	photos,
	withSvelte,
	withoutWorkers,
	framedBy = "'self'",
}: PolicyOrigins): string {
	const list = (...sources: (string | null)[]) => sources.filter((source) => source !== null).join(' ');
	return [
		"default-src 'none'",
		`script-src ${list("'self'", script)}`,
		"style-src 'self'",
		`worker-src ${withoutWorkers ? "'none'" : list("'self'", script === null ? null : `blob: ${script}`)}`,
		`connect-src ${list("'self'", api, photos)}`,
		// blob: for the small pictures that are kept for when there is no network.
		`img-src ${list("'self'", 'blob:', photos)}`,
		"base-uri 'none'",
		"form-action 'none'",
		`frame-ancestors ${framedBy}`,
		"require-trusted-types-for 'script'",
		`trusted-types svelte-trusted-html headshot-admin vue${withSvelte ? " 'allow-duplicates'" : ''}`,
	].join('; ');
}
