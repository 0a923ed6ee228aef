import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { sha256Hex } from '../../platform/digest.ts'
import { Refused } from '../../platform/errors.ts'
import { effectOf, lastEffect } from './conditions-rules.ts'
import { allDocuments, insertDocument, startOfDay } from './documents.queries.ts'
import { mayPublish } from './texts.policy.ts'
import { documentReply } from './texts-reply.ts'

export const publishDocument = action(contract.publishDocument, {
  load: async ({ body }, { db }) => {
    const [all, startsAt] = await Promise.all([allDocuments(db), startOfDay(db, body.inForceOn)])
    return { series: all.filter(d => d.kind === body.kind && d.tool === body.tool), startsAt }
  },
  may: mayPublish,
  run: async (
    { series, startsAt },
    { body: { kind, tool, title, body, inForceOn } },
    { db, newId, now, today, viewer },
  ) => {
    if ((kind === 'cpu') !== (tool !== null)) throw new Refused('conditions/tool-expected')
    const inForceFrom = effectOf({ on: inForceOn, startsAt }, lastEffect(series), today, now)
    if (typeof inForceFrom === 'string') throw new Refused(inForceFrom)
    const document = {
      id: newId(),
      kind,
      tool,
      version: Math.max(0, ...series.map(d => d.version)) + 1,
      title,
      hash: sha256Hex(body),
      inForceFrom,
      publishedAt: now,
      cancelledAt: null,
      cancelReason: null,
    }
    if ((await insertDocument(db, { ...document, body, publishedBy: viewer.accountId })) === 0)
      throw new Refused('request/changed-meanwhile')
    return {
      reply: documentReply({ version: document, until: null, state: inForceFrom <= now ? 'in-force' : 'to-come' }),
      audit: [
        {
          action: 'conditions.published',
          subject: ['document', document.id],
          detail: { kind, tool, version: document.version, title, hash: document.hash, inForceFrom },
        },
      ],
    }
  },
})
