import { today } from '../../platform/format.ts'
import { chosenElsewhere } from './words.ts'

export const ChosenElsewhere = ({ codes }: { codes: readonly string[] }) => {
  const said = chosenElsewhere(codes, today())
  return said ? <p className="fr-text--sm fr-mb-0">{said}</p> : null
}
