/** What to look for: an element by its role and name, as assistive technology would. */
export interface Query {
	role: 'button' | 'menuitem' | 'tab' | 'listitem' | 'searchbox' | 'checkbox';
	/** A regular expression's source; the whole name. */
	name: string;
	/** Inside of the region with this name. */
	region?: string;
}

export interface Found {
	/** Its middle, in CSS px. */
	x: number;
	y: number;
	disabled: boolean;
	text: string;
	setSize: number | null;
}

/** Runs in the page: the first in sight, also in shadow trees; `null` when there is none, or while it moves or is covered. */
export async function find({ role, name, region }: Query): Promise<Found | null> {
	const selectors: Record<string, string> = {
		button: 'button, summary, [role=button]',
		listitem: 'li, [role=listitem]',
		searchbox: 'input[type=search], [role=searchbox]',
		checkbox: 'input[type=checkbox], [role=checkbox]',
	};
	const all = (root: ParentNode): Element[] =>
		[...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
	const nameOf = (one: Element) => {
		const root = one.getRootNode() as Document | ShadowRoot;
		const ids = one.getAttribute('aria-labelledby')?.split(' ') ?? [];
		const labels = ids.map((id) => root.getElementById(id)?.textContent).join(' ');
		return (one.getAttribute('aria-label') || labels || one.textContent || '').replace(/\s+/g, ' ').trim();
	};
	const pattern = new RegExp(`^(?:${name})$`);
	const isInside = (one: Element) =>
		region === undefined ||
		[...all(document)].some(
			(other) => other.matches('section, [role=region]') && nameOf(other) === region && other.contains(one),
		);
	const element = all(document).find(
		(one) =>
			one.matches(selectors[role] ?? `[role=${role}]`) &&
			one.getClientRects().length > 0 &&
			pattern.test(nameOf(one)) &&
			isInside(one),
	);
	if (!element) return null;
	element.scrollIntoView({ block: 'center' });
	const before = element.getBoundingClientRect();
	await new Promise((resolve) => setTimeout(resolve, 50));
	const { x, y, width, height } = element.getBoundingClientRect();
	if (x !== before.x || y !== before.y) return null;
	const middle = { x: x + width / 2, y: y + height / 2 };
	const top = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(middle.x, middle.y);
	if (!top || !(element.contains(top) || top.contains(element))) return null;
	return {
		...middle,
		disabled: element.matches(':disabled, [aria-disabled=true]'),
		text: element.textContent ?? '',
		setSize: Number(element.getAttribute('aria-setsize')) || null,
	};
}

/** Runs in the page: everything that can be read on it, its shadow trees included. */
export function textOf(): string {
	const trees = (root: ParentNode): ShadowRoot[] =>
		[...root.querySelectorAll('*')].flatMap((one) =>
			one.shadowRoot ? [one.shadowRoot, ...trees(one.shadowRoot)] : [],
		);
	const parts = [document.body, ...trees(document).flatMap((tree) => [...tree.children])];
	return parts.map((part) => (part as HTMLElement | null)?.innerText ?? '').join('\n');
}
