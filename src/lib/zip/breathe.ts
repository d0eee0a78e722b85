/** Lets the thread take its messages, such as a cancel, amid long work without a pause. @throws the signal's reason */
export async function breathe(signal: AbortSignal): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve));
	signal.throwIfAborted();
}
