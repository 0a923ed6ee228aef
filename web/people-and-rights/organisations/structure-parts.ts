import type { getStructure } from '../../../contract/people-and-rights/habilitations.ts'
import type { Reply } from '../../../contract/route.ts'

type Structure = Reply<typeof getStructure>
export type ThirdParty = Structure['thirdParties'][number]
export type Agency = Structure['agencies'][number]
export const kindWords = { delegate: 'Délégataire', contractor: 'Prestataire' } as const
