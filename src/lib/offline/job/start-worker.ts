import { openWorker } from '$lib/worker/open';
import address from './thumbnails.worker?worker&url';

export function startWorker(): Worker {
	return openWorker(address);
}
