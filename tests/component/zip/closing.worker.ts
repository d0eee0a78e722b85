/** Writes to the file that it is given, and tells when it is about to close it. */
addEventListener('message', async ({ data }: MessageEvent<FileSystemFileHandle>) => {
	const stream = await data.createWritable();
	await stream.write(new Uint8Array(50_000_000));
	const closed = stream.close();
	postMessage('closing');
	await closed;
});
