import * as contract from '../../../contract/agreement/tools.ts'
import { announce } from '../../notifications/announce.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { effectOf, lastEffect } from '../texts/conditions-rules.ts'
import { startOfDay } from '../texts/documents.queries.ts'
import {
  annexVersions,
  closeTool,
  insertAnnexEntries,
  insertAnnexVersion,
  lockAnnex,
  openTool,
  openTools,
  settleWithdrawnTools,
} from './annex.queries.ts'
import { categoryChangesOf, changesOf, hasStrayCategory } from './annex-rules.ts'
import { publishedNotice } from './tools.mails.ts'
import { mayPublishAnnex } from './tools.policy.ts'
import { annexReply } from './tools-reply.ts'

/**
 * The operator changes annex 4 alone (convention, art. 10). What leaves it loses its grants at that instant; what
 * enters it opens then. So do its categories of data.
 */
export const publishAnnex4 = action(contract.publishAnnex4, {
  load: async ({ body }, { db }) => {
    await lockAnnex(db)
    const [versions, periods, startsAt] = await Promise.all([
      annexVersions(db),
      openTools(db),
      startOfDay(db, body.inForceOn),
    ])
    return { versions, periods, startsAt }
  },
  may: mayPublishAnnex,
  run: async (
    { versions, periods, startsAt },
    { body: { entries, inForceOn, note, withdraws = [], closes = [] } },
    context,
  ) => {
    const { db, newId, now, today, viewer } = context
    if (new Set(entries.map(e => e.tool)).size < entries.length) throw new Refused('annex/tool-twice')
    if (hasStrayCategory(entries)) throw new Refused('annex/category-of-another-tool')
    const inForceFrom = effectOf({ on: inForceOn, startsAt }, lastEffect(versions), today, now)
    if (typeof inForceFrom === 'string') throw new Refused(inForceFrom)
    // Versions follow one another: what has no end yet is what is open when this one takes effect.
    const open = periods.filter(p => p.inForceUntil === null).map(p => p.tool)
    const { opened, withdrawn } = changesOf(
      open,
      entries.map(e => e.tool),
    )
    const categories = categoryChangesOf(open, versions.find(v => !v.cancelledAt)?.entries ?? [], entries)
    if (!withdrawn.every(tool => withdraws.includes(tool))) throw new Refused('annex/withdrawal-unconfirmed')
    if (!categories.closed.every(category => closes.includes(category))) throw new Refused('annex/closing-unconfirmed')
    const id = newId()
    const version = {
      id,
      number: (versions[0]?.number ?? 0) + 1,
      note,
      inForceFrom,
      publishedAt: now,
      cancelledAt: null,
      cancelReason: null,
    }
    if ((await insertAnnexVersion(db, { ...version, publishedBy: viewer.accountId })) === 0)
      throw new Refused('request/changed-meanwhile')
    await insertAnnexEntries(db, id, entries)
    for (const tool of withdrawn) await closeTool(db, tool, inForceFrom)
    for (const tool of opened) await openTool(db, tool, inForceFrom)
    const grantsEnded = inForceFrom <= now ? await settleWithdrawnTools(db) : 0
    const partners = await announce(0, publishedNotice({ ...version, opened, withdrawn, categories }), context)
    return {
      reply: {
        ...annexReply(
          { version: { ...version, entries }, until: null, state: inForceFrom <= now ? 'in-force' : 'to-come' },
          true,
        ),
        grantsEnded,
        partners,
      },
      audit: [
        {
          action: 'annex-4.published',
          subject: ['annex-4', id],
          detail: {
            number: version.number,
            inForceFrom,
            opened,
            withdrawn,
            categories,
            grantsEnded,
            partners,
            entries,
          },
        },
      ],
    }
  },
})
