/**
 * Before a version's name: the Web Lock that each of its tabs holds, so that the service worker keeps what it is made of.
 */
export const VERSION_LOCK = 'headshot-admin:version:';
