import * as contract from '../../../contract/agreement/conventions.ts'
import { missingAnnexes, unknownPlaceholders } from '../../../contract/agreement/template.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { insertTemplate, lastTemplate } from './templates.queries.ts'

/** A new version; those before it stay, and so do the documents composed from them. */
export const publishTemplate = action(contract.publishTemplate, {
  load: async (_input, { db }) => lastTemplate(db),
  may: viewer => holdsRole(viewer, 'administrateur') || 'access/role-required',
  run: async (last, { body }, { db, newId, now, viewer }) => {
    const unknown = unknownPlaceholders(body.body)
    if (unknown.length)
      throw new Refused('template/unknown-placeholder', { facts: { placeholders: unknown.slice(0, 10) } })
    const missing = missingAnnexes(body.body)
    if (missing.length) throw new Refused('template/annex-missing', { facts: { annexes: missing } })
    const template = {
      id: newId(),
      version: (last?.version ?? 0) + 1,
      title: body.title.trim(),
      body: body.body,
      publishedAt: now,
    }
    await insertTemplate(db, { ...template, publishedBy: viewer.accountId })
    return {
      reply: { ...template, publishedAt: now.toISOString() },
      audit: [
        {
          action: 'convention-template.published',
          subject: ['convention-template', template.id],
          detail: { version: template.version, title: template.title },
        },
      ],
    }
  },
})
