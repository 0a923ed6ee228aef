import { sql } from 'kysely'
import { exportActs } from '../../../contract/exports.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { nobodyLeftNotice } from '../../people-and-rights/rgc/notices.ts'
import type { Db } from '../../platform/database.ts'
import { type JobsOf, jobInSteps, type Steps, type Work } from '../../platform/job.ts'
import { officerPages } from './block-reply.ts'
import {
  type Budgets,
  type StructureUses,
  structureReading,
  suspicions,
  thresholdsOf,
  type Uses,
} from './suspicion-rules.ts'
import { impossibleTravel, type PlacedUse, type Travel } from './travel-rules.ts'

interface Blocked {
  readonly blockId: string
  readonly organisationId: string
  readonly cuts: 'account' | 'none'
}
/**
 * Blocks and tells in one transaction: whoever must verify always knows of a block.
 * The last CSSI or administrator is never cut: the others are told. False: blocked or told already.
 */
const block =
  (accountId: string, why: string) =>
  async (work: Work): Promise<boolean> => {
    const done = await work.db.first(
      sql<Blocked>`select block_id, organisation_id, cuts
        from ctx.block_suspect(${accountId}::uuid, ${why}, ctx.clock())`,
    )
    if (!done) return false
    const { organisationId } = done
    if (done.cuts === 'none')
      await tellRoles(
        work.db,
        { organisationId, party: 'operateur', but: [accountId] },
        notBlockedNotice(done, why),
        work,
      )
    else {
      const { officer } = (await work.db.first(
        sql<{
          officer: boolean
        }>`select ${accountId}::uuid in (select ctx.security_officers_at(ctx.clock())) as officer`,
      ))!
      const blocked = officer ? blockedOfficerNotice(done, why) : blockedNotice(done, why)
      await tellRoles(work.db, { organisationId }, blocked, work)
      const left = await work.db.first(
        sql<{ at: Date; name: string | null }>`select ctx.clock() as at,
          ctx.left_without_manager(${accountId}::uuid, ctx.clock()) as name`,
      )
      // Nobody is left to manage the accounts of the structure: both sides know what is blocked meanwhile (RGC-8).
      if (left?.name) {
        const notice = nobodyLeftNotice({ id: organisationId, name: left.name }, 'suspect-use', left.at, left.at)
        await tellRoles(work.db, { organisationId }, notice, work)
      }
    }
    return true
  }
const notBlockedNotice = ({ blockId }: Blocked, why: string): Notice => ({
  kind: 'suspect-use-told',
  subject: 'Usage inhabituel d’un compte qui n’est pas bloqué',
  path: officerPages,
  about: ['account-block', blockId],
  text: `Un usage inhabituel vient du compte du dernier correspondant sécurité (CSSI) ou du dernier administrateur du service. ${why}\n\nLe service ne le bloque pas : personne ne pourrait plus lever les blocages. Vérifiez-le sans attendre auprès de cette personne ; \
s’il faut couper, donnez d’abord le rôle à une autre personne.`,
})
const blockedNotice = ({ blockId }: Blocked, why: string): Notice => ({
  kind: 'suspect-use',
  subject: 'Un accès est bloqué pour usage inhabituel',
  path: { operateur: '/securite' },
  about: ['account-block', blockId],
  text: `Un accès est bloqué le temps de vérifier un usage inhabituel. ${why}\n\nIl reste bloqué jusqu’à ce que le correspondant sécurité de l’opérateur (CSSI) ait vérifié et noté ce qu’il constate.`,
})
const blockedOfficerNotice = ({ blockId }: Blocked, why: string): Notice => ({
  kind: 'suspect-use-officer',
  subject: 'Le compte d’un CSSI est bloqué pour usage inhabituel',
  path: officerPages,
  about: ['account-block', blockId],
  text: `Le compte d’un correspondant sécurité de l’opérateur (CSSI) est bloqué le temps de vérifier un usage inhabituel. ${why}\n\nIl reste bloqué jusqu’à ce qu’un autre CSSI, ou un administrateur, ait vérifié auprès de cette personne et noté ce qu’il constate.`,
})

/**
 * Tells the operator's security officer, once a day, of a structure that reads beyond its budget.
 * The structure itself is not told: its account manager may be the one who makes up the accounts.
 */
const alert =
  (organisationId: string, why: string) =>
  async (work: Work): Promise<void> => {
    const { done } = (await work.db.first(
      sql<{ done: boolean }>`select ctx.note_structure_reading(${organisationId}::uuid, ${why}, ctx.clock()) as done`,
    ))!
    if (!done) return
    await tellRoles(
      work.db,
      { organisationId },
      {
        kind: 'structure-suspect-use',
        subject: 'Une structure lit plus que d’ordinaire',
        path: { operateur: '/securite' },
        about: ['organisation', organisationId],
        text: `${why}\n\nRien n’est bloqué. Vérifiez dans le journal qui lit, et quels comptes ont été ouverts ces derniers jours.`,
      },
      work,
    )
  }

/** Looks from the last look on, ten minutes earlier for entries that reach the trail late; a day at the first. */
const since = (looked: Date | null) =>
  sql`coalesce(${looked}::timestamptz - interval '10 minutes', ctx.clock() - interval '24 hours')`

/** Each person's acts beyond an ordinary use, in sentences. */
const suspectPeople = async (db: Db, looked: Date | null, budgets: Budgets) => {
  const people = await db.all(
    sql<Uses & { accountId: string }>`select account_id, persons_per_hour, persons_per_day, persons_at_night,
      exports_per_day, refusals_per_hour from ctx.uses_to_watch(ctx.clock(), ${since(looked)}, ${exportActs})`,
  )
  const ids = people.map(p => p.accountId)
  const [young, overseers] = [
    await db.all(sql<{ id: string }>`select id from ctx.young_accounts(${ids}::uuid[], ctx.clock()) y (id)`),
    await db.all(sql<{ id: string }>`select id from ctx.overseers(${ids}::uuid[], ctx.clock()) o (id)`),
  ].map(found => new Set(found.map(({ id }) => id))) as [Set<string>, Set<string>]
  return people.map(({ accountId, ...uses }) => ({
    accountId,
    said: suspicions(uses, thresholdsOf({ oversees: overseers.has(accountId), young: young.has(accountId) }, budgets)),
  }))
}

/** People who act from two places that no journey joins. Places are forgotten first. */
const suspectTravellers = async (db: Db, looked: Date | null, travel: Travel) => {
  await db.run(sql`select ctx.forget_places(ctx.clock())`)
  const placed = await db.all(
    sql<PlacedUse & { accountId: string }>`select account_id, at, latitude, longitude
      from ctx.places_to_watch(ctx.clock(), ${since(looked)})`,
  )
  return [...Map.groupBy(placed, use => use.accountId)].map(([accountId, uses]) => ({
    accountId,
    said: [impossibleTravel(uses, travel)].filter(said => said !== null),
  }))
}

const suspectStructures = async (db: Db, looked: Date | null, byPerson: number, thresholds: Budgets) => {
  const structures = await db.all(
    sql<StructureUses & { organisationId: string }>`select organisation_id, people, persons_per_day
      from ctx.structure_uses_to_watch(ctx.clock(), ${since(looked)})`,
  )
  return structures.flatMap(({ organisationId, ...uses }) => {
    const why = structureReading(uses, byPerson, thresholds)
    return why ? [{ organisationId, why }] : []
  })
}

/** One that cannot be blocked shields none of the others: what fails is told once all were tried. */
const blockAll = async (
  within: Steps['within'],
  people: readonly { readonly accountId: string; readonly said: readonly string[] }[],
  structures: readonly { readonly organisationId: string; readonly why: string }[],
): Promise<{ blocked: number; failures: unknown[] }> => {
  let blocked = 0
  const failures: unknown[] = []
  for (const [accountId, found] of Map.groupBy(people, one => one.accountId)) {
    const said = found.flatMap(one => one.said)
    if (said.length === 0) continue
    await within(block(accountId, said.join(' '))).then(
      done => {
        blocked += Number(done)
      },
      error => failures.push(error),
    )
  }
  for (const { organisationId, why } of structures)
    await within(alert(organisationId, why)).catch(error => failures.push(error))
  return { blocked, failures }
}

/**
 * Every minute, blocks until a verdict an account that reads, exports or is refused beyond an ordinary use (SEC-2,
 * ACC-11).
 * Two acts from places that no journey joins block too. The trail at that moment counts: at most a minute beyond the
 * budget.
 * An account younger than a week has smaller budgets; a partner's accounts together have one too.
 * Whoever oversees for the operator has a larger one of exports.
 * A starting worker looks at everyone of the last day. It then looks at those who acted since, and ten minutes before.
 */
export const watchUses = (thresholds: Budgets, byPerson: number, travel?: Travel) => {
  let looked: Date | null = null
  return jobInSteps('watch-uses', {
    cron: '* * * * *',
    run: async ({ within, log }) => {
      const { now, people, structures } = await within(async ({ db, now }) => ({
        now,
        people: [
          ...(await suspectPeople(db, looked, thresholds)),
          ...(travel ? await suspectTravellers(db, looked, travel) : []),
        ],
        structures: await suspectStructures(db, looked, byPerson, thresholds),
      }))
      const { blocked, failures } = await blockAll(within, people, structures)
      if (blocked > 0) log.warn(`blocked ${blocked} accounts for suspect use`)
      if (failures.length > 0) throw failures[0]
      looked = now
    },
  })
}

export const jobs: JobsOf = ({ watch, watchByPerson, travel }) => [watchUses(watch, watchByPerson, travel)]
