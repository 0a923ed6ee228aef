import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { concerning, heldTools, withStanding } from './conditions-rules.ts'
import { allDocuments, insertAcceptance, ownAcceptances } from './documents.queries.ts'

/**
 * Each text by its digest: what is kept as accepted is what was on the screen. One that was accepted already is left as
 * it is, with its own instant.
 */
export const acceptConditions = action(contract.acceptConditions, {
  load: async (_input, { db }) => {
    const [all, accepted] = await Promise.all([allDocuments(db), ownAcceptances(db)])
    return { all, accepted: new Set(accepted.map(a => a.documentId)) }
  },
  may: () => true,
  run: async ({ all, accepted }, { body: { documents } }, { db, now, viewer }) => {
    const inForce = new Map(
      withStanding(all, now)
        .filter(d => d.state === 'in-force')
        .map(d => [d.version.id, d.version]),
    )
    const fresh: { id: string; hash: string; kind: string; version: number }[] = []
    for (const { documentId, hash } of documents) {
      const document = inForce.get(documentId)
      if (!document) throw new Refused('conditions/not-in-force')
      if (document.hash !== hash) throw new Refused('conditions/text-changed')
      const written = accepted.has(documentId)
        ? 0
        : await insertAcceptance(db, {
            accountId: viewer.accountId,
            organisationId: viewer.organisationId,
            documentId,
            hash,
            acceptedAt: now,
          })
      if (written === 1) fresh.push({ id: documentId, hash, kind: document.kind, version: document.version })
      accepted.add(documentId)
    }
    const [first, ...others] = fresh.map(({ id, ...detail }) => ({
      action: 'conditions.accepted',
      subject: ['document', id] as const,
      detail,
    }))
    if (!first) throw new Refused('conditions/already-accepted')
    const toAccept = concerning(all, heldTools(viewer), now).filter(d => !accepted.has(d.version.id)).length
    return { reply: { accepted: fresh.length, toAccept }, audit: [first, ...others] }
  },
})
