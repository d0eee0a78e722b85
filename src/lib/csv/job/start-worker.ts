import { openWorker } from '$lib/worker/open';
import address from './csv.worker?worker&url';

export function startWorker(): Worker {
	return openWorker(address);
}
