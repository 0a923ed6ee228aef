import type { awarenessModalities, equipmentParts } from '../../../contract/agreement/awareness.ts'

export const partWords: Record<(typeof equipmentParts)[number], string> = {
  materiel: 'matériel',
  reseau: 'réseau',
  'second-facteur': 'seconds facteurs',
}
export const modalityWords: Record<(typeof awarenessModalities)[number], string> = {
  academie: 'académie',
  reunion: 'réunion',
  formation: 'formation',
  lecture: 'lecture des règles',
}
