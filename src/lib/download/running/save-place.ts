/** The browser threw instead of asking. */
export const NO_PLACE =
	'The browser did not let the page ask where to save. Try again, or download without “Save straight to disk”.';

/** What TypeScript's library lacks. https://wicg.github.io/file-system-access/#api-showsavefilepicker */
interface PickerWindow {
	showSaveFilePicker?(options: {
		id: string;
		suggestedName: string;
		startIn: string;
		types: { description: string; accept: Record<string, string[]> }[];
	}): Promise<FileSystemFileHandle>;
}

/**
 * What asks the admin for a file on their own disk; `undefined` where the browser can't (Firefox, Safari, a frame of
 * another origin). It is to be called from a press, gives `null` when the admin thinks better of it, and rejects when the
 * browser doesn't let it ask.
 * @param page its global object
 */
export function placeChooser(
	page: object,
): ((filename: string) => Promise<FileSystemFileHandle | null>) | undefined {
	const picker = page as PickerWindow;
	if (!picker.showSaveFilePicker) return undefined;
	return async (suggestedName) => {
		try {
			return await picker.showSaveFilePicker!({
				// The browser remembers the folder by it.
				id: 'team-photos',
				suggestedName,
				startIn: 'downloads',
				types: [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }],
			});
		} catch (error) {
			if (error instanceof DOMException && error.name === 'AbortError') return null;
			throw error;
		}
	};
}
