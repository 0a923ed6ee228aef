import type { Static } from 'typebox'
import type { CompanyRecruitment } from '../../../contract/territory-and-register/recruitments.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { sirenText } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import {
  type CompanyParts,
  listHirers,
  listHiresOfCompany,
  listPlaces,
  readCompanyParts,
  readNamedCompany,
} from './company-hirings.queries.ts'
import { hirersTold, mostBeyond } from './hirer-rules.ts'
import { lastWholeMonth, monthAt, monthsBetween, numberOf, toldOf } from './recruitment-rules.ts'
import { readKnownMonths } from './recruitments.queries.ts'

/** A company of the register: where it stands, and what may be said of it; the functions chose what was answered. */
export interface CompanyRead {
  readonly places: readonly TerritoryLine[]
  readonly reply: Static<typeof CompanyRecruitment>
}
/** Lines of a page of paper. Those that follow are told as a sum, of three that hired at least. */
const mostHirers = 20
/** One farm hides nothing of the others, open or closed since they hired. */
const coverageOf = ({ covered, elsewhere }: CompanyParts) => (covered === 0 && elsewhere > 0 ? 'msa' : 'covered')
const firstOf = (month: string) => `${month}-01`

export const readCompanyRecruitment = async (db: Db, siren: number): Promise<CompanyRead> => {
  const [places, known] = await Promise.all([listPlaces(db, siren), readKnownMonths(db)])
  found(places[0])
  // Before any file, any month does: nothing is counted, and the establishments are told all the same.
  const last = lastWholeMonth(known.asOf ?? '2000-01-31')
  const [first, year] = [35, 11].map(back => monthAt(numberOf(last) - back)) as [string, string]
  const [{ name, open }, parts, hires, rows] = await Promise.all([
    readNamedCompany(db, siren),
    readCompanyParts(db, siren, [firstOf(first), firstOf(last)]),
    listHiresOfCompany(db, siren, firstOf(first)),
    listHirers(db, siren, [firstOf(year), firstOf(last)], mostHirers + mostBeyond),
  ])
  const coverage = known.asOf === null ? 'none' : coverageOf(parts)
  const months = coverage === 'covered' ? monthsBetween(first, last, hires, known) : []
  return {
    places,
    reply: {
      siren: sirenText(siren),
      coverage,
      asOf: known.asOf,
      receivedOn: known.receivedOn,
      name,
      ...toldOf(months),
      establishments: {
        ...hirersTold(rows, mostHirers, coverage !== 'none'),
        uncovered: parts.elsewhereOpen,
        closed: parts.closed,
        outside: open - (rows[0]?.allOpen ?? 0),
      },
    },
  }
}
