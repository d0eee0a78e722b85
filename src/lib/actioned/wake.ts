/** Calls back whenever the page is looked at again: frozen or hidden, a tab may have missed what others told it. */
export function onWake(listener: () => void, signal: AbortSignal): void {
	document.addEventListener(
		'visibilitychange',
		() => {
			if (document.visibilityState === 'visible') listener();
		},
		{ signal },
	);
	addEventListener(
		'pageshow',
		(event) => {
			if (event.persisted) listener();
		},
		{ signal },
	);
}
