import type { ExportRow } from '$lib/csv/contract';
import { exportRow } from '$lib/csv/export-row';
import type { UnfinishedJob } from '$lib/download/kept/interrupted';
import type { DownloadOptions } from '$lib/download/options/options';
import { displayName, type FinishedShoot, type Person, type Team } from '$lib/members/member';
import type { PhotoSaver, SavablePhoto, SaveResult } from '$lib/one-photo/photo-saver.svelte';
import type { Session } from '$lib/session/session.svelte';
import type { MenuItem } from '$lib/ui/menu-item';
import { Marking, type MarkingListener } from './marking';

/** What an admin does with members: each deed goes to its feature, and what came of it is said. */
export class Desk {
	readonly #session: Session;
	/** Where the clipboard is; missing on a page that isn't secure. */
	readonly #clipboard: Clipboard | undefined;
	/** Marks them as actioned, and takes that back. */
	readonly marking: Marking;

	constructor(
		session: Session,
		clipboard: Clipboard | undefined = globalThis.navigator?.clipboard,
		listener: MarkingListener = {},
	) {
		this.#session = session;
		this.#clipboard = clipboard;
		this.marking = new Marking(session, listener);
	}

	/** Why nothing can be fetched or sent, in a few words; `null` when it can. */
	get offline(): string | null {
		return this.#session.roster.offline ? 'You are offline' : null;
	}

	/** Why no access link can be sent; `null` when it can. */
	get noLinks(): string | null {
		return this.offline ?? this.#session.accessLinks.unavailable;
	}

	/** @param chosen in which form, and whether straight to disk; the article's, unless told */
	downloadFavorites(team: Team | null, chosen?: { options: DownloadOptions; straightToDisk: boolean }): void {
		const { downloads, roster } = this.#session;
		const organization = roster.data.organization.name;
		downloads.start({ team, ...(chosen && { ...chosen, organization }) });
	}

	/** The browser can save an archive straight to a file that the admin chooses. */
	get canChoosePlace(): boolean {
		return this.#session.downloads.canChoosePlace;
	}

	/** Goes on with a download that was cut off. */
	goOn({ request }: UnfinishedJob): void {
		const { downloads, roster } = this.#session;
		downloads.goOn(request, roster.team(request.teamId)?.name ?? 'A team');
	}

	downloadOnly(shoots: readonly FinishedShoot[]): void {
		const ids = shoots.filter((shoot) => shoot.favorite !== null).map((shoot) => shoot.id);
		this.#session.downloads.start({ team: null, shootIds: ids });
	}

	savePfp(shoot: FinishedShoot): Promise<void> {
		return this.#save(shoot, (saver) => saver.pfp(shoot));
	}

	saveHeadshot(shoot: FinishedShoot): Promise<void> {
		return this.#save(shoot, (saver) => saver.headshot(shoot));
	}

	saveOriginal(shoot: FinishedShoot, photo: SavablePhoto): Promise<void> {
		return this.#save(shoot, (saver) => saver.photo(shoot, photo));
	}

	export(people: readonly Person[], team: Team | null): void {
		const { exports, roster } = this.#session;
		// The file says of when it is: the list may be of yesterday.
		exports.start(this.#rows(people), people.length, team?.name ?? null, roster.readAt ?? undefined);
	}

	askForLink(shoots: readonly FinishedShoot[]): void {
		const members = new Map(shoots.map((shoot) => [shoot.memberId ?? shoot.id, shoot]));
		this.#session.accessLinks.ask(
			[...members.values()].map((shoot) => ({
				memberId: shoot.memberId,
				email: shoot.email,
				name: displayName(shoot),
			})),
		);
	}

	/** The lines of a shoot's Actions menu. @param onresults opens the gallery; left out where it is open */
	menu(shoot: FinishedShoot, onresults: (() => void) | null): MenuItem[] {
		const { marking } = this;
		const none = shoot.favorite === null ? 'No favorite chosen yet' : undefined;
		const noPicture =
			shoot.favorite?.profilePicture.kind === 'none' ? 'There is no profile picture' : undefined;
		const actioned = this.#session.markers.actioned.has(shoot.id);
		const offline = this.offline ?? undefined;
		const items: (MenuItem | null)[] = [
			onresults && { label: 'View Results', icon: 'eye', onselect: onresults },
			{
				label: 'Download PFP',
				icon: 'person',
				disabled: offline ?? none ?? noPicture,
				onselect: () => void this.savePfp(shoot),
			},
			{
				label: 'Download headshot',
				icon: 'download',
				disabled: offline ?? none,
				onselect: () => void this.saveHeadshot(shoot),
			},
			{
				label: actioned ? 'Undo actioned' : 'Mark as actioned',
				icon: actioned ? 'undo' : 'check',
				separated: true,
				disabled: marking.readOnly ?? undefined,
				onselect: () => void (actioned ? marking.undo([shoot.id]) : marking.mark([shoot])),
			},
			{
				label: 'Send access link',
				icon: 'mail',
				disabled: this.noLinks ?? (shoot.email === null ? 'There is no e-mail address' : undefined),
				onselect: () => this.askForLink([shoot]),
			},
			{
				label: 'Copy e-mail',
				icon: 'copy',
				disabled: shoot.email === null ? 'There is no e-mail address' : undefined,
				onselect: () => void this.#copy(shoot.email ?? ''),
			},
		];
		return items.filter((item) => item !== null);
	}

	async #save(shoot: FinishedShoot, save: (saver: PhotoSaver) => Promise<SaveResult>): Promise<void> {
		const { toasts, photoSaver } = this.#session;
		if (this.offline) return toasts.fail(`${displayName(shoot)}: not saved. ${this.offline}.`);
		const saved = await save(photoSaver);
		if (saved.ok) toasts.show(`Saved ${saved.filename}`);
		else if (saved.reason !== null) toasts.fail(`${displayName(shoot)}: ${saved.reason}`);
	}

	async #copy(email: string): Promise<void> {
		const { toasts } = this.#session;
		try {
			if (!this.#clipboard) throw new Error('no clipboard');
			await this.#clipboard.writeText(email);
			toasts.show(`Copied ${email}`);
		} catch {
			toasts.fail(`The browser did not let the page copy it: ${email}`);
		}
	}

	*#rows(people: readonly Person[]): Iterable<ExportRow> {
		const { markers } = this.#session;
		// Of the latest shoot: an earlier one that was handed over says nothing of it.
		for (const person of people) yield exportRow(person, markers.actionedAt(person.shootIds[0] ?? ''));
	}
}
