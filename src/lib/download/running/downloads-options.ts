import type { GetToken } from '$lib/backend/token';
import type { Delivered, JobSettings } from '$lib/download/contract';

/** What the downloads of a page need of whoever mounts them. */
export interface DownloadsOptions {
	settings: JobSettings;
	getToken?: GetToken | undefined;
	/** Hands the finished archive to the browser. */
	save(blob: Blob, filename: string): void;
	/**
	 * Asks for a file on the admin's disk; `null` when they think better of it. Missing where the browser can't.
	 * @throws when the browser doesn't let it ask
	 */
	choosePlace?: ((filename: string) => Promise<FileSystemFileHandle | null>) | undefined;
	/** Whose members they are; `null` before that is known. */
	organization?(): string | null;
	/** Told when a job has ended, however that was. */
	onended?(): void;
	/** Told what is whole in an archive that was handed over, headshot and profile picture: half of it is to come yet. */
	ondelivered?(delivered: Delivered[], filename: string): void;
}
