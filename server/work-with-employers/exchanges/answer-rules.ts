import { Refused } from '../../platform/errors.ts'

interface Planned {
  readonly siret: number
  readonly doneAt: Date | null
  readonly withdrawn: boolean
  readonly answeredBy: string | null
}

/**
 * What an exchange does to the planned action it answers: finishes it; or is only noted as what carried it out, when
 * it was said done before; or nothing, when another answered it meanwhile or it is withdrawn. It never refuses the
 * exchange, which took place.
 */
export const answering = (action: Planned, siret: number): 'finish' | 'note' | 'nothing' => {
  if (action.siret !== siret) throw new Refused('next-action/other-establishment')
  if (action.withdrawn || action.answeredBy !== null) return 'nothing'
  return action.doneAt === null ? 'finish' : 'note'
}
