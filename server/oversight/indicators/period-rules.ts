import { Refused } from '../../platform/errors.ts'

export const checkPeriod = ({ from, to }: { readonly from: string; readonly to: string }): void => {
  if (from > to) throw new Refused('indicator/period-reversed')
}
