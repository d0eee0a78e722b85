import { openWorker } from '$lib/worker/open';
import address from './download.worker?worker&url';

export function startWorker(): Worker {
	return openWorker(address);
}
