/** What of a window is looked at. */
type Framed = Pick<Window, 'location'> & { ancestorOrigins?: ArrayLike<string>; isTop: boolean };

/**
 * Whether this is a frame in a page of another site. Browsers keep such a frame's storage apart for each such page, and
 * clear it sooner: what is kept there is not found again elsewhere.
 *
 * Which hosts make up one site only the browser knows; those count as one of which one is within the other. Where the
 * browser doesn't say who is around (Firefox), `null`: nobody knows.
 */
export function isForeignFrame(frame: Framed = thisFrame()): boolean | null {
	if (frame.isTop) return false;
	if (!frame.ancestorOrigins) return null;
	return Array.from(frame.ancestorOrigins).some((origin) => !isSameSite(origin, frame.location));
}

function thisFrame(): Framed {
	const { location } = window;
	return { location, ancestorOrigins: location.ancestorOrigins, isTop: window === window.top };
}

function isSameSite(origin: string, { hostname, protocol }: Location): boolean {
	if (!URL.canParse(origin)) return false;
	const around = new URL(origin);
	if (around.protocol !== protocol) return false;
	const [a, b] = [`.${around.hostname}`, `.${hostname}`];
	return a === b || a.endsWith(b) || b.endsWith(a);
}
