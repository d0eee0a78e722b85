export type Snippet = 'vue' | 'react' | 'svelte';

/** How this dashboard embeds the element. The server writes it into a meta element, as real dashboards do. */
export interface HostConfig {
	attributes: Record<string, string>;
	/** How many elements stand on the page. */
	elements: number;
	/** With styles that spare nothing. */
	hostile: boolean;
	/** The README's way to embed it in this framework, in place of the dashboard. */
	snippet: Snippet | null;
	/** The host keeps a running download when the element goes. */
	keep: boolean;
	/** Where a token is had; the cookie is the credential without it. */
	getToken: (() => Promise<string>) | undefined;
}

export function hostConfig(): HostConfig {
	const meta = document.querySelector<HTMLMetaElement>('meta[name="host-config"]');
	const { tokenUrl, ...given } = JSON.parse(meta?.content || '{}') as Partial<HostConfig> & {
		tokenUrl?: string;
	};
	return {
		attributes: {},
		elements: 1,
		hostile: true,
		snippet: null,
		keep: false,
		getToken: tokenUrl === undefined ? undefined : () => tokenFrom(tokenUrl),
		...given,
	};
}

async function tokenFrom(url: string): Promise<string> {
	const response = await fetch(url, { method: 'POST' });
	if (!response.ok) throw new Error(`the sign-in server answered ${response.status}`);
	return response.text();
}
