import { createApp } from 'vue';
import Headshots from 'readme:vue';
import { hostConfig } from '../host-config';
import { hear } from './hear';

/** What Nuxt has, and what the dashboard itself does when somebody is actioned. */
export function show(target: HTMLElement): void {
	const { getToken } = hostConfig();
	Object.assign(window, { $fetch: () => getToken?.() });
	const app = createApp(Headshots);
	app.config.globalProperties.refresh = hear;
	app.mount(target);
}
