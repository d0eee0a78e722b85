import type { HeadshotAdminEventMap } from './headshot-admin.d.ts';

type Own =
	| 'ready'
	| 'routechange'
	| 'actioned'
	| 'unactioned'
	| 'downloadstart'
	| 'downloadend'
	| 'downloadinterrupt'
	| 'error';

/** What the element tells its host: each event's `detail`, as its documentation says. */
export type Details = { [Name in Own]: HeadshotAdminEventMap[Name]['detail'] };

export type Tell = <Name extends keyof Details>(name: Name, detail: Details[Name]) => boolean;

/** @returns tells the element's host; its answer is false when a cancelable event was cancelled */
export function teller(element: HTMLElement): Tell {
	return (name, detail) =>
		element.dispatchEvent(
			new CustomEvent(name, {
				detail,
				bubbles: true,
				composed: true,
				cancelable: name === 'downloadinterrupt',
			}),
		);
}
