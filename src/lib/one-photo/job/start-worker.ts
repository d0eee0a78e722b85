import { openWorker } from '$lib/worker/open';
import address from './one-photo.worker?worker&url';

export function startWorker(): Worker {
	return openWorker(address);
}
