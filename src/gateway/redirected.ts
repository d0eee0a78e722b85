/**
 * What to do about an API that redirects, in a sentence: its address is set wrongly, and no waiting mends that. The
 * redirect isn't followed, since the key would go along to wherever it points.
 *
 * @param asked the address that was asked
 * @param path what of it stands behind the API's base URL, e.g. `/organization`
 * @param location where it redirects to, in its own words; empty when it doesn't say
 */
export function redirectAdvice(asked: URL, path: string, location: string): string {
	const target = URL.canParse(location, asked) ? new URL(location, asked) : null;
	const there = target && /^https?:$/.test(target.protocol) ? target : null;
	if (there === null || (there.origin === asked.origin && there.pathname === asked.pathname))
		return 'The API redirects elsewhere. Set HEADSHOTPRO_API_URL to where the API is and start again.';
	if (!there.pathname.endsWith(path))
		return `The API redirects to ${there.origin}. Set HEADSHOTPRO_API_URL to where the API is there and start again.`;
	const base = there.origin + there.pathname.slice(0, -path.length);
	return `The API redirects. Set HEADSHOTPRO_API_URL to ${base} and start again.`;
}
