/**
 * `<headshot-admin>`: the admin's page for finished headshots, as one element of your own page.
 *
 * Attributes:
 * - `api-base`: where the backend is, a path on your origin or an https address; default `/api/v2`
 * - `organization`: the uid of the only organization that may be shown; data of another is refused, and that is said
 * - `team`: the id of the team to begin with; the admin can choose another
 * - `route`: what to show: `/headshots?tab=finished&q=ada` or `/members/ID?tab=headshots`; set later, it takes the place of
 *   what is shown, also in the address where `history` keeps it there
 * - `theme`: `auto` (the computer's own, default), `light` or `dark`
 * - `locale`: how dates and numbers are written, e.g. `en-GB`; the words are English. One for all elements of a page
 * - `history`: who keeps the route: `none` (default; your address bar is left alone), `hash` (`#/members/ID`), or
 *   `path` (behind the path of your page, which your server and router must then answer); it is read when the
 *   element enters the page
 *
 * Slots: `header` above the screens; what else is inside is shown until the script is there.
 *
 * Parts: `header`, `root` (everything below it), `screen` (what scrolls).
 *
 * CSS custom properties, set on the element; colors may use `light-dark()` (a headshot in full size is shown on black, with
 * our own colors):
 * - `--color-bg`, `--color-surface`, `--color-subtle`, `--color-hover`: backgrounds, from the page's own to a hovered line
 * - `--color-text`, `--color-text-muted`: words
 * - `--color-accent`, `--color-accent-hover`, `--color-on-accent`, `--color-accent-soft`: the main action, and what is chosen
 * - `--color-border`, `--color-border-strong`: lines, and edges of controls
 * - `--color-danger`, `--color-warning`: what went wrong, and what may
 * - `--radius-s`, `--radius-m`, `--radius-l`: corners of small controls, of buttons, of cards
 * - `--font`: the family of all words; `--rem`: what sizes are multiples of, default `16px`
 *
 * The element is as high as its container, at least 24rem, at most the window; it scrolls inside. It reads as your page
 * does, from the left or from the right (`dir`).
 */
export interface HeadshotAdminElement extends HTMLElement {
	/**
	 * Gives a short-lived access token; called with `true` when the last one was refused. It has 15 seconds. The token
	 * stays in memory and goes to `api-base` only. Without it, calls ride on the session's cookie.
	 */
	getToken: ((fresh: boolean) => Promise<string>) | undefined;

	addEventListener<Name extends keyof HeadshotAdminEventMap>(
		type: Name,
		listener: (this: HeadshotAdminElement, event: HeadshotAdminEventMap[Name]) => unknown,
		options?: boolean | AddEventListenerOptions,
	): void;
	addEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | AddEventListenerOptions,
	): void;
	removeEventListener<Name extends keyof HeadshotAdminEventMap>(
		type: Name,
		listener: (this: HeadshotAdminElement, event: HeadshotAdminEventMap[Name]) => unknown,
		options?: boolean | EventListenerOptions,
	): void;
	removeEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | EventListenerOptions,
	): void;
}

/** All of them bubble, and leave shadow trees around the element. */
export interface HeadshotAdminEventMap extends Omit<HTMLElementEventMap, 'error'> {
	/** The members are there. */
	ready: CustomEvent<{ organization: { uid: string; name: string } }>;
	/** Another page or view is shown; `route` is good for the attribute. */
	routechange: CustomEvent<{ route: string }>;
	/** These photo shoots were marked as actioned, and that is kept in this browser. */
	actioned: CustomEvent<{
		shoots: { shootId: string; photoId: string | null; email: string | null; name: string | null }[];
	}>;
	/** These are finished again. */
	unactioned: CustomEvent<{ shootIds: string[] }>;
	/** A download begins. */
	downloadstart: CustomEvent<{ filename: string }>;
	/**
	 * A download has ended: one of these for each `downloadstart`, except after a `downloadinterrupt` that was not
	 * prevented. `message` is "43 of 45 members saved; 3 files failed". `empty`: there was nothing to save; `no-room`: it
	 * was not begun, and the admin is asked how to go on; `failed`: an `error` says why; `cancelled`: by the admin, or
	 * because another organization has signed in, or this device was forgotten.
	 */
	downloadend: CustomEvent<{
		filename: string;
		outcome: 'saved' | 'empty' | 'no-room' | 'failed' | 'cancelled';
		message: string;
	}>;
	/**
	 * A download is running, and the element was removed or got another `api-base`, `organization` or kind of sign-in.
	 * `preventDefault()` lets it end first, and the file is saved; else it is ended at once. Of a removed element only
	 * its own listeners hear it.
	 */
	downloadinterrupt: CustomEvent<{ filename: string; reason: 'removed' | 'changed' }>;
	/** Something went wrong; `message` is a sentence, which the element shows as well where it matters. */
	error: CustomEvent<{
		code: 'settings' | 'not-loaded' | 'token' | 'organization' | 'signed-out' | 'load' | 'download';
		message: string;
	}>;
}

declare global {
	interface HTMLElementTagNameMap {
		'headshot-admin': HeadshotAdminElement;
	}
}
