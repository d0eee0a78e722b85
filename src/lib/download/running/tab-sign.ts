import type { PastJob } from './history';
import { percent, type Step } from './course';

/** The pictures that a tab can carry. */
export type TabIcon =
	| 'paused'
	| 'done'
	| 'failed'
	/** A ring, so many eighths of it filled: `eighths-0` to `eighths-7`. */
	| `eighths-${number}`;

/** What a tab says of its download when only the tab is seen. */
export interface TabSign {
	/** Before the page's own title: "42%"; `null` for nothing. */
	title: string | null;
	/** In place of the page's own icon; `null` for that one. */
	icon: TabIcon | null;
}

/**
 * @param step where the running download is; `null` when none runs
 * @param unseen a download that ended while nobody looked
 */
export function tabSign(step: Step | null, unseen: PastJob | null): TabSign {
	if (step !== null) {
		const share = step.share ?? 0;
		const icon = step.paused ? 'paused' : (`eighths-${Math.min(7, Math.floor(share * 8))}` as const);
		return { title: percent(share), icon };
	}
	if (unseen === null) return { title: null, icon: null };
	return { title: null, icon: unseen.kind === 'saved' && unseen.failures.length === 0 ? 'done' : 'failed' };
}
