import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import Dashboard from './Dashboard.vue';
import Headshots from './Headshots.vue';
import Settings from './Settings.vue';
import hostile from './hostile.css?url';
import { hostConfig } from './host-config';
import './layout.css';

const snippets = {
	vue: () => import('./snippets/vue'),
	react: () => import('./snippets/react'),
	svelte: () => import('./snippets/svelte'),
};

const router = createRouter({
	history: createWebHistory(),
	routes: [
		{ path: '/', redirect: '/headshots' },
		{ path: '/headshots', component: Headshots },
		// Where the element keeps its route in the path (history="path").
		{ path: '/members/:id', component: Headshots },
		{ path: '/dash/:route(.*)*', component: Headshots },
		{ path: '/settings', component: Settings },
	],
});

if (hostConfig().hostile) {
	const link = document.createElement('link');
	link.rel = 'stylesheet';
	link.href = hostile;
	document.head.append(link);
}

const { snippet } = hostConfig();
if (snippet) void snippets[snippet]().then(({ show }) => show(document.querySelector('#dashboard')!));
else createApp(Dashboard).use(router).mount('#dashboard');
