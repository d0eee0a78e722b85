import { readBody } from '$lib/net/read-body';

/** A refusal is a sentence. Bytes. */
const LONGEST = 4096;

/**
 * Why a photo is refused, where the page's own server carries the photos (`npm start` with a key): it says so in the API's
 * envelope, with a code of its own. `null` for any other answer: a photo host's words are for programs.
 */
export async function carrierWords(response: Response): Promise<string | null> {
	try {
		const body = await readBody(
			response,
			LONGEST,
			() => new RangeError(),
			() => {},
		);
		const { error, code } = JSON.parse(new TextDecoder().decode(body)) as { error: unknown; code: string };
		return code.startsWith('PHOTO_') ? String(error) : null;
	} catch {
		// Too long, broken off, or no envelope: the status has to do.
		return null;
	}
}
