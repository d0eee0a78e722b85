/** What a person sees of the page. Runs in it. */
export function look() {
	const texts = (selector: string) =>
		[...document.querySelectorAll<HTMLElement>(selector)].map((one) => one.innerText.trim());
	const numberIn = (text: string | undefined) => Number((text ?? '').replaceAll(',', ''));
	const section = [...document.querySelectorAll('section')].find(
		(one) => one.querySelector('h2')?.textContent.trim() === 'Finished photo shoots',
	);
	const items = section ? [...section.querySelectorAll<HTMLElement>('[data-key]')] : null;
	const tabs = [...document.querySelectorAll('[role=tablist][aria-label=Status] [role=tab]')].map((tab) => {
		const [label, count] = [...tab.querySelectorAll('span')].map((span) => span.textContent.trim());
		return [label!, count === '' || count === undefined ? null : numberIn(count)] as const;
	});
	const query = new URLSearchParams(location.search);
	return {
		path: location.pathname,
		view: { tab: query.get('tab') ?? 'all', q: query.get('q') ?? '', sort: query.get('sort') ?? 'latest' },
		hasMain: (document.querySelector('main')?.innerText.trim().length ?? 0) > 0,
		busy:
			document.querySelector('main [aria-busy=true], main [role=progressbar]') !== null ||
			texts('main header p').some((text) => /Updating…|of .* photo shoots?…/.test(text)),
		tabs: Object.fromEntries(tabs),
		tiles: texts('[aria-label="Members at a glance"] .value').map((text) => numberIn(text.split('\n')[0])),
		finished:
			items === null
				? null
				: {
						keys: items.map((item) => item.dataset.key!),
						size: Number(items[0]?.getAttribute('aria-setsize') ?? 0),
					},
		dialogs: document.querySelectorAll('[role=dialog]').length,
		lost: texts('main').some((text) => text.includes('This browser has lost')),
		readOnly: texts('main').some((text) => text.includes('Markers can’t be changed')),
		unfinished: texts('main').some((text) => /A download of .* was interrupted/.test(text)),
		offline: texts('main').some((text) => /Offline, as of/.test(text)),
	};
}

export type Sight = ReturnType<typeof look>;
