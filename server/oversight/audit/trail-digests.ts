import { sha256 } from '../../platform/digest.ts'

/** An entry as it stands in the database; `epoch` is extract(epoch from at), as PostgreSQL writes it. */
export interface StoredEntry {
  readonly id: string
  readonly epoch: string
  readonly actorId: string | null
  readonly organisationId: string | null
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly origin: string
  readonly requestId: string
  readonly detailDigest: Buffer
}
/**
 * An entry byte for byte as `audit_leaf` digests it: the JSON array as jsonb prints it. Made here and not asked of the
 * database, so that who changed an entry cannot also change the answer.
 */
export const canonicalOf = (e: StoredEntry): string => {
  const texts = [
    e.actorId,
    e.organisationId,
    e.action,
    e.subjectKind,
    e.subjectId,
    e.origin,
    e.requestId,
    e.detailDigest.toString('hex'),
  ]
  return `[${[JSON.stringify(e.id), e.epoch, ...texts.map(text => JSON.stringify(text))].join(', ')}]`
}
/** The leaf of an entry: a zero, then the entry (RFC 6962, 2.1). */
export const leafOf = (e: StoredEntry): Buffer => sha256(Buffer.of(0), canonicalOf(e))

/** The digest of a detail under its salt; `detail` is the text of the jsonb. */
export const detailDigestOf = (salt: Buffer, detail: string): Buffer => sha256(salt, detail)
