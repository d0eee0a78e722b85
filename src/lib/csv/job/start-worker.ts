/** The bundler finds the worker by this very expression. */
export function startWorker(): Worker {
	return new Worker(new URL('./csv.worker.ts', import.meta.url), { type: 'module' });
}
