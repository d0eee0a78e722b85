/** The bytes of what Node has sent as text: quick for megabytes, letter by letter they took longer than the conversions. */
export async function fromBase64(text: string): Promise<Uint8Array<ArrayBuffer>> {
	const response = await fetch(`data:application/octet-stream;base64,${text}`);
	return new Uint8Array(await response.arrayBuffer());
}
