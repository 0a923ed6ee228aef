import getJoursFeries from '@socialgouv/jours-feries'
import { workingDays } from '../../contract/working-days.ts'

/** Public holidays of metropolitan France; those of a territory alone are not known. */
export const { isWorkingDay, workingDayFrom, workingDaysAfter } = workingDays(year =>
  Object.values(getJoursFeries(year)),
)
