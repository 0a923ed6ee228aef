import { Refused } from '../../platform/errors.ts'

interface State {
  readonly known: boolean
  readonly confirmedAt: Date | null
  readonly used: boolean
}
/** Neither known to the register nor used: what was typed may still change. */
export const isOpen = ({ known, confirmedAt, used }: State): boolean => !known && confirmedAt === null && !used
export const checkUnused = (card: State): void => {
  if (card.known || card.confirmedAt) throw new Refused('establishment/confirmed')
  if (card.used) throw new Refused('establishment/provisional-in-use')
}

/** For the trail. */
export const told = ({
  name,
  activity,
  communeCode,
}: {
  name: string
  activity: string | null
  communeCode: string
}) => ({ name, activity, communeCode })
