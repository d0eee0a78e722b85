declare module 'readme:vue' {
	import type { Component } from 'vue';
	const component: Component;
	export default component;
}

declare module 'readme:jsx' {
	export function Headshots(props: {
		getToken: (() => Promise<string>) | undefined;
		onReady: (event: CustomEvent) => void;
	}): unknown;
}

declare module 'readme:svelte' {
	import type { Component } from 'svelte';
	const component: Component<{ getToken: (() => Promise<string>) | undefined }>;
	export default component;
}

/** What little is used of it: its own types would be two packages more. */
declare module 'react' {
	export function createElement<Props>(type: (props: Props) => unknown, props: Props): unknown;
}

declare module 'react-dom/client' {
	export function createRoot(target: Element): { render(node: unknown): void };
}
