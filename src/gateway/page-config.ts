/** What the page is told when it starts (see `src/lib/session/config.ts`): any JSON object. */
export type PageConfig = Record<string, unknown>;

const placeholder = /<meta name="headshot-admin-config" content="\{\}"\s*\/?>/;

/**
 * Puts the configuration into the page's `<meta name="headshot-admin-config" content="{}" />`.
 * Throws when the HTML has no such placeholder: the page would silently run with its defaults.
 */
export function withConfig(html: string, config: PageConfig): string {
	if (!placeholder.test(html))
		throw new Error('The built page has no <meta name="headshot-admin-config" content="{}" /> to configure.');
	const content = escapeAttribute(JSON.stringify(config));
	return html.replace(placeholder, () => `<meta name="headshot-admin-config" content="${content}" />`);
}

function escapeAttribute(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
