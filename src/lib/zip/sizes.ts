/** Up to so many bytes an archive is in memory; past it, it goes into a file where it can, and is worth being kept. 32 MiB. */
export const MEMORY_BYTES = 33_554_432;

/** A crash costs about so many bytes of an archive in a file. 16 MiB. */
export const FLUSH_BYTES = 16_777_216;
