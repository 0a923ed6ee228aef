import type { Static } from 'typebox'
import type * as contract from '../../../contract/agreement/awareness.ts'
import type { AwarenessRow } from './awareness.queries.ts'
import type { EquipmentRow } from './equipment.queries.ts'

export const organisationReply = ({
  organisationId,
  organisationName,
  organisationKind,
}: {
  organisationId: string
  organisationName: string
  organisationKind: string
}) => ({ id: organisationId, name: organisationName, kind: organisationKind })

export const awarenessReply = (row: AwarenessRow): Static<typeof contract.AwarenessLine> => ({
  person: { id: row.id, name: row.name, organisationId: row.organisationId },
  organisation: organisationReply(row),
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
  organisation: organisationReply(row),
  parts: partsOf(row),
  validatedOn: row.validatedOn,
  note: row.note,
  by: { id: row.byId, name: row.byName, organisationId: row.byOrganisationId },
  recordedAt: row.recordedAt.toISOString(),
})
