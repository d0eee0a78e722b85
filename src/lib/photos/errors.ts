/**
 * Why one file can't be had. Its message is a sentence for the person, without the file's name.
 * Only this file is lost; the rest goes on.
 */
export class PhotoError extends Error {
	override name = 'PhotoError';
}
