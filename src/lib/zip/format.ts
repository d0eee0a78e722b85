/**
 * The numbers of the ZIP format. Source: PKWARE APPNOTE.TXT 6.3.10, section 4:
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. All numbers in a file are little-endian.
 */

/** Bytes of each record before its texts: 4.3.7, 4.3.12, 4.3.16, 4.3.14, 4.3.15. */
export const LOCAL_SIZE = 30;
export const LINE_SIZE = 46;
export const END_SIZE = 22;
export const ZIP64_END_SIZE = 56;
export const ZIP64_LOCATOR_SIZE = 20;

/** The longest name, and the longest comment: so the furthest that the end record can be from the end of the file. */
export const MAX_NAME_SIZE = 0xffff;
export const MAX_COMMENT_SIZE = 0xffff;

/** The most that fits without Zip64: the values one above say "look into the Zip64 records" (4.4.1.4). */
export const MAX_CLASSIC_ENTRIES = 0xfffe;
export const MAX_CLASSIC_BYTES = 0xffff_fffe;
export const IN_ZIP64_16 = 0xffff;
export const IN_ZIP64_32 = 0xffff_ffff;

export const LOCAL_SIGNATURE = 0x04034b50;
export const LINE_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const ZIP64_END_SIGNATURE = 0x06064b50;
export const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;

/** 4.4.4. */
export const FLAG_ENCRYPTED = 0x0001;
export const FLAG_DATA_DESCRIPTOR = 0x0008;
export const FLAG_UTF8 = 0x0800;

/** Extra fields: 4.5.3, 4.6.9, and Info-ZIP's extended timestamp (extrafld.txt of zip 3.0). */
export const FIELD_ZIP64 = 0x0001;
export const FIELD_UNICODE_PATH = 0x7075;
export const FIELD_TIME = 0x5455;

/** Versions as 4.4.2 and 4.4.3 count them, ten times the number; DOS is system 0, in the upper byte. */
export const VERSION_STORED = 10;
export const VERSION_MADE_BY = 20;
export const VERSION_ZIP64 = 45;
