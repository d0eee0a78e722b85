import * as Comlink from 'comlink';

/** Makes an API callable from the page: through this worker, or through a port on the main thread. */
export function serve(api: object, port?: MessagePort): void {
	Comlink.expose(api, port);
}
