/** What is in the element's shadow tree before, and around, its screens. */
export interface Frame {
	root: ShadowRoot;
	/** Where the screens go. */
	target: HTMLElement;
	/** In the top layer, with the place for dialogs and menus in it. */
	layer: HTMLElement;
	portal: HTMLElement;
	/** The way that the host's page reads. */
	setDirection(dir: 'ltr' | 'rtl'): void;
	/** A sentence in place of the screens, or `null` for the screens. */
	say(sentence: string | null): void;
}

/** @param follow told where a pressed link leads; true when it was one of ours */
export function drawFrame(root: ShadowRoot, follow: (href: string) => boolean): Frame {
	const header = box('embed-header');
	header.part.add('header');
	const slot = document.createElement('slot');
	slot.name = 'header';
	header.append(slot);
	// What the host wrote inside, until there is more to see.
	const fallback = document.createElement('slot');
	const target = box('app-root embed-frame');
	target.part.add('root');
	target.lang = 'en';
	target.append(fallback);
	const portal = document.createElement('div');
	const layer = box('app-root embed-layer');
	layer.popover = 'manual';
	layer.lang = 'en';
	layer.append(portal);
	root.append(header, target, layer);

	root.addEventListener('click', (event) => {
		const { button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event as MouseEvent;
		if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented) return;
		const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
		if (!link || link.getRootNode() !== root || link.target !== '') return;
		const href = link.getAttribute('href');
		if (href !== null && follow(href)) event.preventDefault();
	});

	return {
		root,
		target,
		layer,
		portal,
		setDirection(dir) {
			target.dir = layer.dir = dir;
		},
		say(sentence) {
			fallback.remove();
			target.querySelector('.embed-problem')?.remove();
			if (sentence === null) return;
			const problem = document.createElement('p');
			problem.className = 'embed-problem';
			problem.role = 'alert';
			problem.textContent = sentence;
			target.append(problem);
		},
	};
}

function box(className: string): HTMLElement {
	const element = document.createElement('div');
	element.className = className;
	return element;
}
