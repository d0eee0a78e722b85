/** A picture that was on the screen. */
export interface SeenPicture {
	photoId: string;
	/** Where it was loaded from; the browser's HTTP cache has it. */
	url: string;
}

/** What the thumbnails' worker offers. */
export interface ThumbnailsApi {
	/** Makes and keeps thumbnails of those that have none, and remembers that all of them were seen. */
	keep(organization: string, pictures: SeenPicture[]): Promise<void>;
	cancel(): void;
	ping(): true;
}
