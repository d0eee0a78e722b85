/** The bundler finds the worker by this very expression. */
export function startWorker(): Worker {
	return new Worker(new URL('./thumbnails.worker.ts', import.meta.url), { type: 'module' });
}
