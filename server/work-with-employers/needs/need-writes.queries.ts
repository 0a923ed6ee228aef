import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'
import type { NeedAct } from './need-lifecycle.ts'
import { type NeedRow, type Stated, searched } from './needs.queries.ts'

/** What is typed of a need, once its job is known. */
export interface Said {
  readonly stated: Stated
  readonly notes: string | null
  readonly correspondentId: string | null
  readonly visibility: Visibility
}
/** Who writes, and when. */
export interface Writing {
  readonly organisationId: string
  readonly authorId: string
  readonly at: Date
}
interface NewNeed extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly exchangeId: string | null
  readonly notedOn: string
}

/** Answers the digest of the version, which the trail keeps. */
const insertVersion = async (
  db: Db,
  of: { readonly needId: string; readonly version: number; readonly state: string },
  change: 'noted' | 'corrected',
  { stated, notes, visibility }: Said,
  writing: Writing,
) =>
  (await db.first(
    k
      .insertInto('needVersions')
      .values({ ...of, change, visibility, said: JSON.stringify(stated), notes, ...writing })
      .returning(sql<string>`need_version_digest(salt, said, notes, reason)`.as('digest')),
  ))!.digest

const valuesOf = ({ stated, correspondentId, visibility }: Said) => ({
  ...stated,
  jobWords: stated.jobLabel && searched(stated.jobLabel),
  correspondentId,
  visibility,
})

export const insertNeed = async (db: Db, need: NewNeed, said: Said, writing: Writing): Promise<string> => {
  const { organisationId, authorId, at } = writing
  const [, digest] = await Promise.all([
    db.run(
      k.insertInto('needs').values({ ...need, ...valuesOf(said), organisationId, ownerId: authorId, notedAt: at }),
    ),
    insertVersion(db, { needId: need.id, version: 1, state: 'ouvert' }, 'noted', said, writing),
  ])
  return digest
}

/** Over a need that is locked. */
export const changeNeed = async (db: Db, before: NeedRow, said: Said, writing: Writing): Promise<string> => {
  const version = before.version + 1
  const [written, digest] = await Promise.all([
    db.run(
      k
        .updateTable('needs')
        .set({ ...valuesOf(said), version, saidVersion: version })
        .where('id', '=', before.id)
        .where('version', '=', before.version),
    ),
    insertVersion(db, { needId: before.id, version, state: before.state }, 'corrected', said, writing),
  ])
  if (written !== 1) throw new Error('the locked need was not written')
  return digest
}

export interface Hire {
  readonly id: string
  readonly number: number
  readonly contract: string
  readonly hiredOn: string
  readonly beyond: boolean
}
interface Outcome {
  /** `''`, or the code of the reason why not: then the rest is null. */
  readonly outcome: string
  readonly version: number | null
  readonly sha256: string | null
  readonly was: string | null
  readonly became: string | null
}
export const actOnNeed = async (
  db: Db,
  id: string,
  act: NeedAct,
  { reason, hire, at }: { readonly reason: string | null; readonly hire: Hire | null; readonly at: Date },
): Promise<Outcome> =>
  (await db.first(
    sql<Outcome>`select outcome, version, sha256, was, became from act_on_need(${id}::uuid, ${act}, ${reason},
      ${hire && JSON.stringify(hire)}::jsonb, ${at}::timestamptz)`,
  ))!
