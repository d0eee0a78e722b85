import { recall, remember } from '$lib/storage/local';

/** What the page gives: the browser's notifications, where it has any, and the tab itself. */
export interface NotifierPage {
	Notification: Pick<typeof Notification, 'permission' | 'requestPermission'> & {
		new (title: string, options?: NotificationOptions): Pick<Notification, 'onclick' | 'close'>;
	};
	/** Nobody is looking at the tab. */
	hidden(): boolean;
	/** Brings the tab to the front. */
	focus(): void;
}

const KEY = 'headshot-admin:tell-when-done';

/** Tells an admin who is elsewhere that a download has ended. The browser is asked only when the admin asks for it. */
export class Notifier {
	#page: NotifierPage | null;
	#permission = $state<NotificationPermission>('denied');
	#wanted = $state(recall(KEY) === 'yes');
	#refused = $state(false);
	#shown: Pick<Notification, 'close'> | null = null;

	/** @param page `null` where the browser has no notifications */
	constructor(page: NotifierPage | null) {
		this.#page = page;
		if (page) this.#permission = page.Notification.permission;
	}

	/** Worth asking the admin: the browser has notifications, and had not forbidden them before. */
	get offered(): boolean {
		return this.#permission !== 'denied' || this.#refused;
	}

	/** The admin wants to be told, and the browser allows it. */
	get on(): boolean {
		return this.#wanted && this.#permission === 'granted';
	}

	/** The admin wanted it, and the browser said no. */
	get refused(): boolean {
		return this.#refused;
	}

	/** From a press only: the browser may ask the admin now. */
	async want(wanted: boolean): Promise<void> {
		if (wanted && this.#page && this.#permission === 'default') {
			this.#permission = await this.#page.Notification.requestPermission();
		}
		this.#wanted = wanted;
		this.#refused = wanted && this.#page !== null && this.#permission === 'denied';
		remember(KEY, this.on ? 'yes' : 'no');
	}

	/** Shows a message, unless the admin sees the page anyway or doesn't want it. A press on it leads here. */
	tell(title: string, body: string): void {
		const page = this.#page;
		if (!page || !this.on || !page.hidden()) return;
		try {
			const notification = new page.Notification(title, { body, tag: 'headshot-admin-download' });
			notification.onclick = () => {
				page.focus();
				notification.close();
			};
			this.#shown = notification;
		} catch (error) {
			// Chrome on Android has the constructor and refuses its use.
			console.warn('The browser shows no notification.', error);
		}
	}

	/** The admin is back: a message would only say what the page says. */
	clear(): void {
		this.#shown?.close();
		this.#shown = null;
	}
}
