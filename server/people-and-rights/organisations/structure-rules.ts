import type { Static } from 'typebox'
import type { declareThirdParty, ThirdParty } from '../../../contract/people-and-rights/organisations.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { parseSiret } from '../../platform/siret.ts'

/** As the contract shows it: a SIRET has fourteen digits. */
export const thirdPartyReply = <
  R extends Omit<Static<typeof ThirdParty>, 'siret'> & { siret: number | null; organisationId: string },
>({
  organisationId: _,
  siret,
  ...row
}: R): Static<typeof ThirdParty> => ({ ...row, siret: siret === null ? null : String(siret).padStart(14, '0') })

type Asked = Omit<Static<(typeof declareThirdParty)['body']>, 'kind'>
export interface ThirdPartyKept {
  readonly name: string
  readonly siret: number | null
  readonly capacity: 'processor' | 'joint-controller'
  readonly startsOn: string
  readonly endsOn: string | null
  readonly evidence: string
  readonly evidenceOn: string
}
/**
 * What is kept of it, or what is wrong. A contractor's contract has an end; what has not been signed yet proves
 * nothing.
 */
export const readThirdParty = (
  kind: 'delegate' | 'contractor',
  asked: Asked,
  today: string,
): ThirdPartyKept | RefusalCode => {
  const siret = asked.siret ? parseSiret(asked.siret) : null
  if (siret === undefined) return 'establishment/wrong-key'
  const endsOn = asked.endsOn ?? null
  if (kind === 'contractor' && endsOn === null) return 'third-party/end-needed'
  if (endsOn !== null && endsOn < asked.startsOn) return 'grant/period-reversed'
  if (asked.evidenceOn > today) return 'third-party/evidence-in-future'
  return {
    name: asked.name.trim(),
    siret,
    capacity: asked.capacity,
    startsOn: asked.startsOn,
    endsOn,
    evidence: asked.evidence.trim(),
    evidenceOn: asked.evidenceOn,
  }
}
