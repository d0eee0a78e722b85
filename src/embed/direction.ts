import { isRightToLeft } from '$lib/ui/direction';

/**
 * Tells which way the host's page reads around an element: now, and whenever `dir` changes on the element or on the
 * document, as it does where one chooses another language.
 * @returns ends it
 */
export function followDirection(element: Element, tell: (dir: 'ltr' | 'rtl') => void): () => void {
	const look = () => tell(isRightToLeft(element) ? 'rtl' : 'ltr');
	const observer = new MutationObserver(look);
	for (const one of [element, element.ownerDocument.documentElement])
		observer.observe(one, { attributeFilter: ['dir'] });
	look();
	return () => observer.disconnect();
}
