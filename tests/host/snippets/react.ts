import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Headshots } from 'readme:jsx';
import { hostConfig } from '../host-config';
import { hear } from './hear';

export function show(target: HTMLElement): void {
	const { getToken } = hostConfig();
	const onReady = ({ detail }: CustomEvent) => hear(detail);
	createRoot(target).render(createElement(Headshots, { getToken, onReady }));
}
