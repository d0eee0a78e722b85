/** How every test starts Chromium: as root in a container, and quiet towards the outside. */
export const chromiumArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
];
