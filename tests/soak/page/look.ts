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
	// What can be read is costly to find out.
	const main = document.querySelector('main')?.innerText.trim() ?? '';
	return {
		path: location.pathname,
		view: { tab: query.get('tab') ?? 'all', q: query.get('q') ?? '', sort: query.get('sort') ?? 'latest' },
		hasMain: main !== '',
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
		lost: main.includes('This browser has lost'),
		readOnly: main.includes('Markers can’t be changed'),
		unfinished: /A download of .* was interrupted/.test(main),
		offline: /Offline, as of/.test(main),
	};
}

export type Sight = ReturnType<typeof look>;
