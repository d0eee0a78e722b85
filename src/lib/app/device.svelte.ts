import { openDeviceChannel } from '$lib/offline/other-tabs';
import { forgetSearches } from './visited';

const NOT_LOADED =
	'A part of the page could not be loaded: the network is away, or the page was updated. Nothing was forgotten.';

/** How far forgetting this device is. */
export type DeviceState =
	| { kind: 'known' }
	| { kind: 'forgetting' }
	/** `here`: it was asked for here, and not in another tab, or by another element of the same page. */
	| { kind: 'forgotten'; here: boolean }
	/** `reason` is a sentence for the person. */
	| { kind: 'failed'; reason: string };

/** Forgetting this device, in this tab and in all others. */
export class Device {
	#state = $state.raw<DeviceState>({ kind: 'known' });
	#channel = openDeviceChannel(() => this.#follow());
	#letGo: () => void;
	#removeShell: () => Promise<void>;

	/**
	 * @param letGo ends whatever uses what is kept
	 * @param removeShell takes away the page itself, where it is kept
	 */
	constructor(letGo: () => void, removeShell: () => Promise<void> = async () => {}) {
		this.#letGo = letGo;
		this.#removeShell = removeShell;
	}

	get state(): DeviceState {
		return this.#state;
	}

	/** Never rejects. */
	async forget(): Promise<void> {
		if (this.#state.kind === 'forgetting') return;
		this.#state = { kind: 'forgetting' };
		try {
			// Before anything goes: it may come from what goes.
			const { forgetStorage } = await import('$lib/offline/forget').catch((cause: unknown) => {
				throw new Error(NOT_LOADED, { cause });
			});
			this.#letGo();
			forgetSearches();
			this.#channel.tellForget();
			await Promise.all([this.#removeShell(), forgetStorage()]);
			this.#state = { kind: 'forgotten', here: true };
		} catch (error) {
			console.warn('Forgetting this device has failed.', error);
			this.#state = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
		}
	}

	dispose(): void {
		this.#channel.close();
	}

	#follow(): void {
		if (this.#state.kind !== 'known') return;
		this.#letGo();
		forgetSearches();
		this.#state = { kind: 'forgotten', here: false };
	}
}
