/*
 * What is needed only once a download was asked for. It is loaded then: no member has to wait for it.
 */
export { removeEmpty } from '$lib/zip/disk-file';
export { isKept } from '$lib/zip/spool-files';
export { wantsBoth } from '$lib/download/options/options';
export { failuresFile, failuresFilename } from './failures-file';
export { HandedOver } from '$lib/download/kept/handed-over';
export { addToHistory } from './history';
export { JobRun } from './job-run';
export * as orders from './orders';
export { Pace } from './pace';
export { requestOf } from './request';
