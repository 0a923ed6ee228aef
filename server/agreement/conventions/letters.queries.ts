import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Answer, Days, Known, LetterKind, Told, ToldBy } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

/** What the sender of a row last answered to it; null: nothing. */
export const lastAnswer = (row: 'x' | 's'): RawBuilder<Answer | null> =>
  sql`(select jsonb_build_object('answer', w.answer, 'reason', w.reason, 'at', w.answered_at) from convention_answers w
    where w.subject_id = ${sql.ref(row)}.id order by w.answered_at desc, w.id desc limit 1)`
/** Whether the sender of a row contests it; the rule is isContested. */
export const contested = (row: 'n' | 'b' | 's'): RawBuilder<boolean> =>
  sql`coalesce((select w.answer = 'contest' from convention_answers w where w.subject_id = ${sql.ref(row)}.id
    order by w.answered_at desc, w.id desc limit 1), false)`
/** Whether the signature `s` counts and is not contested; the rules are `counts` and isContested. */
export const counted: RawBuilder<boolean> = sql`(not s.entered_by_other or coalesce((select w.answer = 'confirm' from convention_answers w
    where w.subject_id = s.id order by w.answered_at desc, w.id desc limit 1), s.party = 'partenaire'))`
/** How many letters of a convention `c` hold, and no day of their receipt is told. */
export const lettersOnTheirWay: RawBuilder<number> = sql`((select count(*) from convention_notices n
    where n.convention_id = c.id and n.received_on is null and n.withdrawn_at is null and not ${contested('n')})
  + (select count(*) from convention_breaches b where b.convention_id = c.id
    and least(b.presented_on, b.delivered_on) is null and b.withdrawn_at is null and not ${contested('b')}))::int`
/**
 * Who last told each of these days of a row, and when; the rule is correctsDay. As a parameter, a list of days looks
 * longer than it is, and PostgreSQL would plan each read anew.
 */
export const toldBy = (kind: LetterKind, row: 'x' | 's', days: readonly (keyof Days)[]): RawBuilder<ToldBy> =>
  sql`(select coalesce(jsonb_object_agg(d.day, jsonb_build_object('by', t.by, 'at', t.at)), '{}') from
    unnest(array[${sql.join(days.map(day => sql.lit(day)))}]) d(day),
    ctx.told_last(${sql.lit(kind)}, ${sql.ref(row)}.id, d.day) t)`
/** What a notice and a breach `x` have in common. */
export const letter = sql`x.id, x.party, x.sent_on, x.document_id, x.receipt_document_id, x.entered_by_other,
  jsonb_build_object('partenaire', x.partner_days, 'operateur', x.operator_days) as told,
  x.withdrawn_at, x.withdrawal_reason, ${lastAnswer('x')} as answer`

export const correctionsOf = (db: Db, conventionId: string) =>
  db.all(
    sql<
      Known['corrections'][number]
    >`select x.id, x.kind, x.subject_id, x.party, x.before, x.after, x.reason, x.corrected_at,
        (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
          'organisationId', a.organisation_id) from accounts a where a.id = x.corrected_by) as corrected_by
      from convention_corrections x
      where x.convention_id = ${conventionId}::uuid order by x.corrected_at desc, x.id desc`,
  )

const tellers = ({ partenaire, operateur }: Told) => ({ partnerDays: [...partenaire], operatorDays: [...operateur] })

interface NewLetter {
  readonly id: string
  readonly conventionId: string
  readonly party: Party
  readonly sentOn: string
  readonly documentId: string | null
  readonly enteredByOther: boolean
  readonly told: Told
  readonly recordedAt: Date
  readonly recordedBy: string | null
}
export interface NewNotice extends NewLetter {
  readonly channel: 'courrier' | 'courriel'
  readonly receivedOn: string | null
}
export const insertNotice = (db: Db, { told, ...notice }: NewNotice) =>
  db.run(k.insertInto('conventionNotices').values({ ...notice, ...tellers(told) }))
export interface NewBreach extends NewLetter {
  readonly clauses: readonly string[]
  readonly otherArticle: string | null
  readonly obligation: string
  readonly letterReference: string
  readonly presentedOn: string | null
  readonly deliveredOn: string | null
}
export const insertBreach = (db: Db, { told, clauses, ...breach }: NewBreach) =>
  db.run(k.insertInto('conventionBreaches').values({ ...breach, clauses: [...clauses], ...tellers(told) }))

/** The days that a letter now bears, and who told which. */
type ToldDays = Days & { readonly told: Told; readonly receiptDocumentId?: string | null }
export const saveLetter = (db: Db, kind: 'notice' | 'breach', id: string, { told, ...set }: ToldDays) =>
  db.run(
    kind === 'notice'
      ? k
          .updateTable('conventionNotices')
          .set({ ...set, ...tellers(told) })
          .where('id', '=', id)
      : k
          .updateTable('conventionBreaches')
          .set({ ...set, ...tellers(told) })
          .where('id', '=', id),
  )
export const saveSignedAt = (db: Db, id: string, signedAt: Date) =>
  db.run(k.updateTable('conventionSignatures').set({ signedAt }).where('id', '=', id))
export const saveWithdrawal = (db: Db, kind: 'notice' | 'breach', id: string, at: Date, by: string, reason: string) =>
  db.run(
    kind === 'notice'
      ? k
          .updateTable('conventionNotices')
          .set({ withdrawnAt: at, withdrawnBy: by, withdrawalReason: reason })
          .where('id', '=', id)
      : k
          .updateTable('conventionBreaches')
          .set({ withdrawnAt: at, withdrawnBy: by, withdrawalReason: reason })
          .where('id', '=', id),
  )

export interface NewAnswer {
  readonly id: string
  readonly conventionId: string
  readonly kind: LetterKind
  readonly subjectId: string
  readonly answer: Answer['answer']
  readonly reason: string | null
  readonly party: Party
  readonly answeredAt: Date
  readonly answeredBy: string
}
export const insertAnswer = (db: Db, answer: NewAnswer) => db.run(k.insertInto('conventionAnswers').values(answer))

export interface NewCorrection {
  readonly id: string
  readonly conventionId: string
  readonly kind: LetterKind
  readonly subjectId: string
  readonly party: Party
  readonly before: Days
  readonly after: Days
  readonly reason: string
  readonly correctedAt: Date
  readonly correctedBy: string
}
export const insertCorrection = (db: Db, { before, after, ...correction }: NewCorrection) =>
  db.run(
    k
      .insertInto('conventionCorrections')
      .values({ ...correction, before: JSON.stringify(before), after: JSON.stringify(after) }),
  )

/** What was told after a letter was entered: which days, by whom. */
export interface NewReceipt {
  readonly id: string
  readonly conventionId: string
  readonly kind: 'notice' | 'breach'
  readonly subjectId: string
  readonly party: Party
  readonly days: Days
  readonly toldAt: Date
  readonly toldBy: string
}
export const insertReceipt = (db: Db, { days, ...receipt }: NewReceipt) =>
  db.run(k.insertInto('conventionReceipts').values({ ...receipt, days: JSON.stringify(days) }))
