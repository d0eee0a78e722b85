import { expect, onTestFinished, test, vi } from 'vitest';
import { tellAtRisk } from '$lib/actioned/at-risk';
import { Toasts } from '$lib/ui/toasts.svelte';
import { freshOrganization } from './markers-helpers';

function tell(organization: string) {
	const toasts = new Toasts();
	const onbackup = vi.fn();
	tellAtRisk(organization, toasts, onbackup);
	onTestFinished(() => localStorage.removeItem(`headshot-admin:told-of-wiping:${organization}`));
	return { toasts, onbackup, said: () => toasts.list.map(({ message }) => message) };
}

const words = 'This browser may clear who is actioned when it runs short of room. Keep a backup.';

test('it leads to the backup, and is said until it is left: then never again of that organization', () => {
	const acme = freshOrganization();
	const first = tell(acme);
	expect(first.said()).toEqual([words]);
	const [notice] = first.toasts.list;
	expect(notice?.action?.label).toBe('Backup');
	notice?.action?.run();
	expect(first.onbackup).toHaveBeenCalledOnce();
	const second = tell(acme);
	expect(second.said()).toEqual([words]);
	second.toasts.list[0]?.onleave?.();
	expect(tell(acme).said()).toEqual([]);
	expect(tell(freshOrganization()).said()).toEqual([words]);
});
