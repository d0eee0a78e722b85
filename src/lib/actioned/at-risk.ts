import { recall, remember } from '$lib/storage/local';
import type { Toasts } from '$lib/ui/toasts.svelte';

const key = (organization: string) => `headshot-admin:told-of-wiping:${organization}`;

/**
 * Tells that the browser promises nothing, unless that was told and left before.
 * @param organization whose markers were made: its uid
 * @param onbackup Backup was pressed
 */
export function tellAtRisk(organization: string, toasts: Toasts, onbackup: () => void): void {
	if (recall(key(organization)) !== null) return;
	toasts.keep(
		'This browser may clear who is actioned when it runs short of room. Keep a backup.',
		{ label: 'Backup', run: onbackup },
		() => remember(key(organization), 'yes'),
	);
}
