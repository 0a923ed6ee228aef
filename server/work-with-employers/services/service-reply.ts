import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import type * as contract from '../../../contract/work-with-employers/services/services.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { mayEnterServices } from './services.policy.ts'
import type { ServiceLineRow, ServiceRow, VersionRow } from './services.queries.ts'

type Service = Reply<typeof contract.enterService>

export const serviceLineReply = (row: ServiceLineRow): Static<typeof contract.ServiceLine> => ({
  id: row.id,
  siret: siretText(row.siret),
  establishmentName: row.establishmentName,
  kind: row.kind,
  usedOn: row.usedOn,
  endedOn: row.endedOn,
  result: row.result,
  words: row.words,
  source: row.source,
  organisation: row.organisation,
  author: row.author,
  recordedAt: row.recordedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  version: row.version,
})

const versionReply = ({ serviceId: _, siret, at, ...version }: VersionRow): Service['history'][number] => ({
  ...version,
  siret: siretText(siret),
  at: at.toISOString(),
})

export const serviceReply = (row: ServiceRow, { viewer }: Pick<Context, 'viewer'>): Service => ({
  ...serviceLineReply(row),
  history: row.history.map(versionReply),
  allowed: row.withdrawnAt === null && mayEnterServices(viewer, row) === true ? ['correct', 'withdraw'] : [],
})
