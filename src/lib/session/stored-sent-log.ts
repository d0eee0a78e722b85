import { isRecent, type SentLog } from '$lib/access/sent-log';
import type { Store } from '$lib/storage/store';

/** Sent links, as all tabs of this browser know them: IndexedDB lets one transaction at a time write. */
export function storedSentLog(store: Store): SentLog {
	return {
		claim: (organization, member, now) =>
			store.write(['access-links'], async (transaction) => {
				const links = transaction.objectStore('access-links');
				const last = await links.get([organization, member]);
				if (last && isRecent(last.at, now)) return false;
				await links.put({ organization, member, at: now });
				return true;
			}),
		release: (organization, member, at) =>
			store.write(['access-links'], async (transaction) => {
				const links = transaction.objectStore('access-links');
				const last = await links.get([organization, member]);
				if (last?.at === at) await links.delete([organization, member]);
			}),
	};
}
