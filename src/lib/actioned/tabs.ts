import * as v from 'valibot';

const NAME = 'headshot-admin:markers';

/** Other versions of the page may be open in other tabs: what they say is checked like anything from outside. */
const newsSchema = v.object({ organization: v.string(), shootIds: v.array(v.string()) });

/** Which markers were written; the tabs that hear it read them again. */
export type News = v.InferOutput<typeof newsSchema>;

/** What of a BroadcastChannel is used. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface Tabs {
	/** Tells the other tabs. */
	tell(news: News): void;
	close(): void;
}

/** The line to the other tabs of this browser. Where there is none, they notice when they are looked at again. */
export function openTabs(onnews: (news: News) => void, open: () => Channel = broadcast): Tabs {
	let channel: Channel | null = null;
	try {
		channel = open();
	} catch (error) {
		console.warn('The other tabs of this browser can’t be told about markers.', error);
	}
	channel?.addEventListener('message', ({ data }) => {
		const news = v.safeParse(newsSchema, data);
		if (news.success) onnews(news.output);
	});
	return {
		tell: (news) => channel?.postMessage(news),
		close() {
			channel?.close();
			// What is still being written then has nobody to tell, and that is no failure.
			channel = null;
		},
	};
}

function broadcast(): Channel {
	return new BroadcastChannel(NAME);
}
