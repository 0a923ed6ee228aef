import type { Static } from 'typebox'
import type { ThirdParty } from '../../contract/habilitations.ts'

/** As the contract shows it: a SIRET has fourteen digits. */
export const thirdPartyReply = <R extends Omit<Static<typeof ThirdParty>, 'siret'> & { siret: number | null; organisationId: string }>({ organisationId: _, siret, ...row }: R): Static<typeof ThirdParty> =>
  ({ ...row, siret: siret === null ? null : String(siret).padStart(14, '0') })
