/*
 * What is needed only once a download was asked for. It is loaded then: no member has to wait for it.
 */
export { removeEmpty } from '$lib/zip/disk-file';
export { failuresFile, failuresFilename } from './failures-file';
export { HandedOver } from './handed-over';
export { addToHistory } from './history';
export { JobRun } from './job-run';
export { Pace } from './pace';
