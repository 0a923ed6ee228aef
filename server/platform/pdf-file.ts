/** What makes a reader run, open or unpack something: no letter of ours needs it. */
const active = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])/

/**
 * A PDF by its content: its first line, its end, and nothing active that stands in clear. What hides in a compressed
 * object is for the antivirus of the installation to find; nothing here opens the file.
 */
export const isPlainPdf = (bytes: Buffer): boolean =>
  bytes.subarray(0, 5).toString('latin1') === '%PDF-' &&
  bytes.subarray(-1024).toString('latin1').includes('%%EOF') &&
  !active.test(bytes.toString('latin1'))
