import type { Static } from 'typebox'
import type * as contract from '../../../contract/agreement/portal.ts'
import type { AnnexVersion, StateRow } from './annex.queries.ts'
import type { standing } from './conditions-rules.ts'
import type { DocumentRow } from './documents.queries.ts'
import type { AccessRequestRow, AwarenessRow, EquipmentRow } from './people.queries.ts'

type Standing<T extends { readonly inForceFrom: Date }> = ReturnType<typeof standing<T>>[number]
const organisation = ({
  organisationId,
  organisationName,
  organisationKind,
}: {
  organisationId: string
  organisationName: string
  organisationKind: string
}) => ({ id: organisationId, name: organisationName, kind: organisationKind })

export const documentReply = ({
  version: { inForceFrom, publishedAt, ...document },
  until,
  state,
}: Standing<DocumentRow>): Static<typeof contract.DocumentVersion> => ({
  ...document,
  inForceFrom: inForceFrom.toISOString(),
  inForceUntil: until?.toISOString() ?? null,
  state,
  publishedAt: publishedAt.toISOString(),
})
export const annexReply = ({
  version: { inForceFrom, publishedAt, entries, ...annex },
  until,
  state,
}: Standing<AnnexVersion>): Static<typeof contract.AnnexVersion> => ({
  ...annex,
  entries: [...entries],
  inForceFrom: inForceFrom.toISOString(),
  inForceUntil: until?.toISOString() ?? null,
  state,
  publishedAt: publishedAt.toISOString(),
})
export const stateReply = ({ state, message, since, recordedAt }: StateRow): Static<typeof contract.ToolState> => ({
  state: state as (typeof contract.toolStates)[number],
  message,
  since: since.toISOString(),
  recordedAt: recordedAt.toISOString(),
})
export const awarenessReply = (row: AwarenessRow): Static<typeof contract.AwarenessLine> => ({
  person: { id: row.id, name: row.name, organisationId: row.organisationId },
  organisation: organisation(row),
  lastOn: row.lastOn,
  modality: row.modality,
  dueOn: row.dueOn,
  late: row.late,
})
export const partsOf = ({
  hardware,
  network,
  secondFactor,
}: Pick<EquipmentRow, 'hardware' | 'network' | 'secondFactor'>): (typeof contract.equipmentParts)[number][] => [
  ...(hardware ? ['materiel' as const] : []),
  ...(network ? ['reseau' as const] : []),
  ...(secondFactor ? ['second-facteur' as const] : []),
]
export const equipmentReply = (row: EquipmentRow): Static<typeof contract.EquipmentValidation> => ({
  id: row.id,
  organisation: organisation(row),
  parts: partsOf(row),
  validatedOn: row.validatedOn,
  note: row.note,
  by: { id: row.byId, name: row.byName, organisationId: row.byOrganisationId },
  recordedAt: row.recordedAt.toISOString(),
})
export const accessRequestReply = (
  row: AccessRequestRow,
  mayDecide: boolean,
): Static<typeof contract.AccessRequest> => ({
  id: row.id,
  organisation: organisation(row),
  by: { id: row.byId, name: row.byName, organisationId: row.byOrganisationId },
  people: row.people,
  message: row.message,
  requestedAt: row.requestedAt.toISOString(),
  decision: row.decision,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  reason: row.reason,
  allowed: mayDecide && row.decidedAt === null ? ['decide'] : [],
})
