import { accessLink } from './access-links.ts';
import type { Action } from './action.ts';
import { backup } from './backup.ts';
import { apiFault, clearFaults, company, photoFault } from './backend.ts';
import { discard, download, goOn, signedOut } from './downloads.ts';
import { cancel, cut, elsewhere, killDownload, leave, pause } from './interruptions.ts';
import { kill, killAfterUndo, killWhileMarking } from './kills.ts';
import { markOne, markSome, note, undo } from './marks.ts';
import { network, outage, session } from './network.ts';
import { onePhoto } from './one-photo.ts';
import { organization, organizationBefore, organizationWithin } from './organizations.ts';
import { chooseTab, csv, gallery, layout, reload, search, sort } from './views.ts';

/** A new one goes at the end: seeds mean the same as long as those before it stay. */
export const actions: readonly Action[] = [
	...[markOne, markSome, undo, note, search, chooseTab, sort, layout, gallery, reload, csv],
	...[photoFault, apiFault, clearFaults, company, backup, network, session, outage],
	...[download, goOn, discard, signedOut, cancel, pause, cut, elsewhere, leave, killDownload],
	...[kill, killWhileMarking, killAfterUndo],
	...[onePhoto, accessLink, organization, organizationBefore, organizationWithin],
];
