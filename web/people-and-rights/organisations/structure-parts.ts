import type { capacities, getStructure } from '../../../contract/people-and-rights/organisations.ts'
import type { Reply } from '../../../contract/route.ts'

type Structure = Reply<typeof getStructure>
export type ThirdParty = Structure['thirdParties'][number]
export type Agency = Structure['agencies'][number]
export const kindWords = { delegate: 'Délégataire', contractor: 'Prestataire' } as const

export const capacityWords: Record<(typeof capacities)[number], string> = {
  processor: 'sous-traitant',
  'joint-controller': 'responsable conjoint',
}
