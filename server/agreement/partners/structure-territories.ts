import type { Static } from 'typebox'
import * as contract from '../../../contract/agreement/conventions.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayDraft } from '../conventions/conventions.policy.ts'
import { type Loaded, loadConvention, lockConvention } from '../conventions/conventions.queries.ts'
import {
  type CeilingRow,
  ceilingRows,
  closeTerritories,
  openTerritory,
  territoriesOfRegion,
} from './structure-territories.queries.ts'

const reply = (
  viewer: Viewer,
  { convention }: Loaded,
  rows: readonly CeilingRow[],
): Static<typeof contract.getStructureTerritories.reply> => ({
  organisation: convention.organisation,
  region: { id: convention.regionId, name: convention.regionName },
  territories: rows
    .filter(r => r.until === null)
    .map(r => ({
      ...r.territory,
      since: r.since.toISOString(),
      setBy: r.setBy,
      reason: r.reason,
      amendment: r.amendment,
    })),
  past: rows
    .filter(r => r.until !== null)
    .slice(0, 50)
    .map(r => ({
      territory: r.territory,
      since: r.since.toISOString(),
      until: r.until!.toISOString(),
      endedBy: r.endedBy,
      reason: r.endReason,
    })),
  version: versionOf(rows),
  byAmendment: rows[0]?.byAmendment ?? false,
  allowed: mayDraft(viewer, convention) === true ? ['settle'] : [],
})
const versionOf = (rows: readonly CeilingRow[]) => rows[0]?.version ?? 0

export const getStructureTerritories = action(contract.getStructureTerritories, {
  load: async ({ params: { conventionId } }, { db }) => {
    const [loaded, rows] = await Promise.all([loadConvention(db, conventionId), ceilingRows(db, conventionId)])
    return { loaded: found(loaded), rows }
  },
  may: () => true, // row-level security answers who reads the convention
  run: async ({ loaded, rows }, _input, { viewer }) => reply(viewer, loaded, rows),
})

const settledNotice = (conventionId: string, organisation: string, now: readonly string[], reason: string): Notice => ({
  kind: 'structure-territories',
  subject: 'Les territoires de votre structure changent',
  path: { partenaire: '/habilitations/structure', operateur: `/conventions/${conventionId}` },
  about: ['convention', conventionId],
  text: `La direction régionale de l’opérateur a réglé les territoires de la structure ${organisation} : ${now.length ? now.join(', ') : 'aucun'}.\n\nMotif : ${reason}\n\nUne habilitation dont le périmètre en sort n’ouvre plus rien : un RGC de la structure la change ou y met fin.`,
})

/**
 * ACC-15: the ceiling of a partner's territories, set by the regional direction within its region. Territories of
 * another region, taken over or set there, stay as they are.
 * What goes beyond opens nothing from this instant on.
 */
export const settleStructureTerritories = action(contract.settleStructureTerritories, {
  load: async ({ params: { conventionId }, body }, { db }) => {
    const loaded = found(await lockConvention(db, conventionId))
    const [rows, asked] = await Promise.all([
      ceilingRows(db, conventionId),
      territoriesOfRegion(db, body.territories, loaded.convention.regionId),
    ])
    return { loaded, rows, asked }
  },
  may: (viewer, { loaded }) => mayDraft(viewer, loaded.convention),
  run: async ({ loaded, rows, asked }, { body, ifMatch }, { db, viewer, now, newId }) => {
    const { convention } = loaded
    if (ifMatch !== versionOf(rows))
      throw new Refused('request/changed-meanwhile', { current: reply(viewer, loaded, rows) })
    if (asked.length !== body.territories.length) throw new Refused('territory/unknown')
    const current = rows.filter(r => r.until === null)
    const opened = asked.filter(t => !current.some(r => r.territory.id === t.id))
    if (opened.some(t => !t.inRegion)) throw new Refused('territory/beyond-region')
    if (opened.length > 0 && rows[0]?.byAmendment) throw new Refused('structure/amendment-required')
    const closed = current.filter(r => r.inRegion && !body.territories.includes(r.territory.id))
    if (opened.length + closed.length === 0) throw new Refused('structure/territories-unchanged')
    const reason = body.reason.trim()
    await closeTerritories(
      db,
      closed.map(r => r.id),
      viewer.accountId,
      reason,
    )
    for (const t of opened)
      await openTerritory(db, {
        id: newId(),
        organisationId: convention.organisationId,
        territoryId: t.id,
        setBy: viewer.accountId,
        reason,
      })
    const after = await ceilingRows(db, convention.id)
    const told = await tellRoles(
      db,
      { organisationId: convention.organisationId, regionId: convention.regionId, but: [viewer.accountId] },
      settledNotice(
        convention.id,
        convention.organisation.name,
        after.filter(r => r.until === null).map(r => r.territory.name),
        reason,
      ),
      { newId, now },
    )
    return {
      reply: { ...reply(viewer, loaded, after), told },
      audit: [
        {
          action: 'structure.territories-settled',
          subject: ['organisation', convention.organisationId],
          detail: {
            convention: convention.id,
            opened: opened.map(t => t.id),
            closed: closed.map(r => r.territory.id),
            reason,
            told,
          },
        },
      ],
    }
  },
})
