import { makeZip } from 'client-zip';
import type { StartContender } from './contender';

export const start: StartContender = (sink) => {
	const lastModified = new Date();
	const { readable, writable } = new TransformStream<{
		name: string;
		input: Uint8Array<ArrayBuffer>;
		lastModified: Date;
	}>();
	const files = writable.getWriter();
	const written = write();
	written.catch((error: unknown) => files.abort(error));
	return {
		add: (name, input) => files.write({ name, input, lastModified }),
		async finish() {
			await files.close();
			await written;
			return null;
		},
	};

	async function write(): Promise<void> {
		const archive = makeZip(readable).getReader();
		for (let part = await archive.read(); !part.done; part = await archive.read()) sink.append(part.value);
	}
};
