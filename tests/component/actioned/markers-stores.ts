import { onTestFinished } from 'vitest';
import { loadAll } from '$lib/actioned/records';
import { steps, type StoreName } from '$lib/storage/schema';
import { Store, type ReadTransaction, type WriteTransaction } from '$lib/storage/store';
import { openStore } from '../storage/storage-helpers';

/** What the disk holds, as the next page would find it. */
export const onDisk = (name: string, organization: string) => loadAll(openStore(name), organization);

/** A store that waits before it writes, or before it tells what became of it. */
class SlowStore extends Store {
	before = async () => {};
	after = async () => {};

	override async read<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: ReadTransaction<Name>) => Promise<T>,
	): Promise<T> {
		const result = await super.read(stores, work);
		await this.after();
		return result;
	}

	override async write<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: WriteTransaction<Name>) => Promise<T>,
	): Promise<T> {
		await this.before();
		const result = await super.write(stores, work);
		await this.after();
		return result;
	}
}

export function slowStore(name: string, made = steps): SlowStore {
	const store = new SlowStore({ name, steps: made });
	onTestFinished(() => store.dispose());
	return store;
}

/** A gate for a slow store: `reached` once it waits, and it waits until `open` is called. */
export function gate() {
	let reach = () => {};
	let open = () => {};
	const reached = new Promise<void>((resolve) => (reach = resolve));
	const opened = new Promise<void>((resolve) => (open = resolve));
	const wait = () => {
		reach();
		return opened;
	};
	return { wait, reached, open };
}

/** A store whose disk has no room for the next so many writes. */
export class FullStore extends Store {
	failures = 1;

	override write<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: WriteTransaction<Name>) => Promise<T>,
	): Promise<T> {
		return super.write(stores, async (transaction) => {
			const result = await work(transaction);
			if (this.failures-- > 0) throw new DOMException('', 'QuotaExceededError');
			return result;
		});
	}
}
