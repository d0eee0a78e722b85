/**
 * Lets the thread take what has come meanwhile, such as an answer, a press or a cancel, amid long work without a pause.
 * By a message: timers wait for a second each in a tab that nobody looks at.
 * @throws the signal's reason
 */
export async function breathe(signal: AbortSignal): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise((resolve) => {
		port1.onmessage = resolve;
		port2.postMessage(null);
	});
	port1.close();
	signal.throwIfAborted();
}
