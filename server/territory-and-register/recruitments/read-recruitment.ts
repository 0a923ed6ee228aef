import type { Static } from 'typebox'
import type { Recruitment, RecruitmentSummary } from '../../../contract/territory-and-register/recruitments.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { activityLabel } from '../territories/naf-labels.ts'
import { forecastCard, nextThree } from './forecast-card-rules.ts'
import { forecastOf, monthsRead, pastOf } from './forecast-proof-rules.ts'
import {
  comparisonOf,
  declaresElsewhere,
  groupOf,
  lastWholeMonth,
  monthAt,
  monthsBetween,
  numberOf,
  periodOf,
  readFrom,
  toldOf,
} from './recruitment-rules.ts'
import {
  countCompanyEstablishments,
  type Declarer,
  listCompared,
  listHires,
  listSeasons,
  readDeclarer,
  readKnownMonths,
} from './recruitments.queries.ts'

/** An establishment of the register, and what may be said of its hires; row-level security chose what was answered. */
export interface Read<T> {
  readonly declarer: Declarer
  readonly reply: T
}

const begin = async (db: Db, siret: number) => {
  const [declarer, known] = await Promise.all([readDeclarer(db, siret), readKnownMonths(db)])
  const { naf, active } = found(declarer)
  if (declaresElsewhere(naf) || known.asOf === null) {
    const coverage = declaresElsewhere(naf) ? 'msa' : 'none'
    return { declarer: declarer!, known, coverage, months: [], past: [], forecast: null } as const
  }
  const last = lastWholeMonth(known.asOf)
  // The months of a forecast reach further back than those that the card shows.
  const [hires, seasons] = await Promise.all([
    listHires(db, siret, `${monthAt(numberOf(last) - monthsRead + 1)}-01`),
    listSeasons(db, siret),
  ])
  const past = pastOf(
    hires.map(one => ({ month: numberOf(one.month), hires: one.hires })),
    new Set(known.months.map(numberOf)),
    numberOf(last),
  )
  const months = monthsBetween(readFrom(last), last, hires, known)
  const forecast = forecastOf({ active, past }, numberOf(last), seasons)
  return { declarer: declarer!, known, coverage: 'covered', months, past, forecast } as const
}

export const readRecruitment = async (db: Db, siret: number): Promise<Read<Static<typeof Recruitment>>> => {
  const [{ declarer, known, coverage, months, past, forecast }, cells, companyEstablishments] = await Promise.all([
    begin(db, siret),
    listCompared(db, siret),
    countCompanyEstablishments(db, siret),
  ])
  const { name, sign, active, communeName, naf, nafNomenclature, nafLabel } = declarer
  return {
    declarer,
    reply: {
      siret: siretText(siret),
      coverage,
      asOf: known.asOf,
      receivedOn: known.receivedOn,
      name,
      sign,
      town: communeName,
      active,
      activity: naf
        ? { code: naf, nomenclature: nafNomenclature, label: nafLabel ?? activityLabel(naf, nafNomenclature) }
        : null,
      group: groupOf(naf),
      companyEstablishments,
      ...toldOf(months),
      compared: coverage === 'covered' ? comparisonOf(cells, months) : null,
      forecast: forecast && forecastCard(forecast, past),
    },
  }
}

export const readRecruitmentSummary = async (
  db: Db,
  siret: number,
): Promise<Read<Static<typeof RecruitmentSummary>>> => {
  const { declarer, known, coverage, months, forecast } = await begin(db, siret)
  const twelve = coverage === 'covered' ? periodOf(months.slice(-12)) : null
  return {
    declarer,
    reply: {
      siret: siretText(siret),
      coverage,
      asOf: known.asOf,
      total: twelve?.total ?? null,
      durable: twelve?.durable ?? null,
      other: twelve?.other ?? null,
      next: forecast && nextThree(forecast),
    },
  }
}
