import { mount } from 'svelte';
import Headshots from 'readme:svelte';
import { hostConfig } from '../host-config';

/** What it hears it writes to the console itself. */
export function show(target: HTMLElement): void {
	mount(Headshots, { target, props: { getToken: hostConfig().getToken } });
}
