import type { Context } from '../platform/action.ts'
import { countPartners, insertAnnouncement } from './announcements.queries.ts'
import type { Notice } from './tell.ts'

/**
 * The operator tells its partners under a convention, of a region or of the whole country (0): thousands. It is noted
 * here, and the worker writes to them (tell-partners.job.ts). Says how many it concerns.
 */
export const announce = async (
  regionId: number,
  {
    kind,
    subject,
    text,
    path,
    about,
  }: Pick<Notice, 'kind' | 'subject' | 'text'> &
    ({ readonly path: string; readonly about: Notice['about'] } | { readonly path?: never; readonly about?: never }),
  { db, newId, now, viewer }: Context,
): Promise<number> => {
  const partners = await countPartners(db, regionId)
  const [aboutKind, aboutId] = about ?? [null, null]
  const announcement = { id: newId(), kind, subject, text, path: path ?? null, aboutKind, aboutId }
  if (partners > 0)
    await insertAnnouncement(db, { ...announcement, regionId, announcedBy: viewer.accountId, announcedAt: now })
  return partners
}
