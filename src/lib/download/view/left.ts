import type { UnfinishedJob } from '$lib/download/kept/interrupted';
import { count, formatNumber } from '$lib/ui/numbers';

/** "28 of 45 members are here already, and will not be fetched again." */
export function leftLine({
	membersDone,
	membersTotal,
}: Pick<UnfinishedJob, 'membersDone' | 'membersTotal'>): string {
	const done = `${formatNumber(membersDone)} of ${count(membersTotal, 'member')}`;
	return `${done} ${membersDone === 1 ? 'is' : 'are'} here already, and will not be fetched again.`;
}
