import type pg from 'pg'
import { exportActs } from '../../../contract/exports.ts'
import { tellRolesByJob } from '../../notifications/tell.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { inTransaction, job } from '../../platform/job.ts'
import {
  type StructureUses,
  structureReading,
  suspicions,
  type Thresholds,
  type Uses,
  youngThresholds,
} from './suspicion-rules.ts'
import { impossibleTravel, type PlacedUse, type Travel } from './travel-rules.ts'

/**
 * Blocked and told in one transaction: nobody is cut off without who must verify knowing. The last CSSI or
 * administrator is told of, to the others. False: blocked or told already.
 */
const block = (client: pg.ClientBase, accountId: string, why: string, at: Date): Promise<boolean> =>
  inTransaction(client, async () => {
    const [done] = (
      await client.query<{ block_id: string; organisation_id: string; cuts: 'account' | 'none' }>(
        'select block_id, organisation_id, cuts from ctx.block_suspect($1, $2, ctx.clock())',
        [accountId, why],
      )
    ).rows
    if (done?.cuts === 'none')
      await tellRolesByJob(
        client,
        { organisationId: done.organisation_id, party: 'operateur', but: [accountId] },
        {
          kind: 'suspect-use-told',
          subject: 'Usage inhabituel d’un compte qui n’est pas bloqué',
          path: { operateur: '/securite' },
          about: ['account-block', done.block_id],
          text: `Un usage inhabituel vient du compte du dernier correspondant sécurité (CSSI) ou du dernier administrateur du service. ${why}\n\nLe service ne le bloque pas : personne ne pourrait plus lever les blocages. Vérifiez-le sans attendre auprès de cette personne ; \
s’il faut couper, donnez d’abord le rôle à une autre personne.`,
        },
        { newId: uuidv7, now: at },
      )
    else if (done)
      await tellRolesByJob(
        client,
        { organisationId: done.organisation_id },
        {
          kind: 'suspect-use',
          subject: 'Un accès est bloqué pour usage inhabituel',
          path: { operateur: '/securite' },
          about: ['account-block', done.block_id],
          text: `Un accès est bloqué le temps de vérifier un usage inhabituel. ${why}\n\nIl reste bloqué jusqu’à ce que le correspondant sécurité de l’opérateur (CSSI) ait vérifié et noté ce qu’il constate.`,
        },
        { newId: uuidv7, now: at },
      )
    return done !== undefined
  })

/**
 * A structure that reads beyond its budget is told to the operator's security officer alone, once a day: who manages
 * its accounts may be who makes them up.
 */
const alert = (client: pg.ClientBase, organisationId: string, why: string, at: Date): Promise<boolean> =>
  inTransaction(client, async () => {
    const {
      rows: [noted],
    } = await client.query<{ done: boolean }>('select ctx.note_structure_reading($1, $2, ctx.clock()) as done', [
      organisationId,
      why,
    ])
    if (noted!.done)
      await tellRolesByJob(
        client,
        { organisationId },
        {
          kind: 'structure-suspect-use',
          subject: 'Une structure lit plus que d’ordinaire',
          path: { operateur: '/securite' },
          about: ['organisation', organisationId],
          text: `${why}\n\nRien n’est bloqué. Vérifiez dans le journal qui lit, et quels comptes ont été ouverts ces derniers jours.`,
        },
        { newId: uuidv7, now: at },
      )
    return noted!.done
  })

/**
 * Every minute: who reads, exports or is refused beyond an ordinary use is blocked until a verdict (SEC-2, ACC-11); and
 * who acts from two places that no journey joins. What the trail says by then counts, hence at most a minute more than
 * the budget.
 * An account younger than a week has smaller budgets; a partner's accounts together have one too.
 * A worker that starts looks at everyone of the last day; then at those who acted since its last look, ten minutes more
 * for what reaches the trail late.
 */
export const watchUses = (thresholds: Thresholds, byPerson: number, travel?: Travel) => {
  let looked: Date | null = null
  return job('watch-uses', {
    cron: '* * * * *',
    run: async (_payload, { withPgClient, logger }) => {
      const blocked = await withPgClient(async client => {
        let n = 0
        const { at } = (await client.query<{ at: Date }>('select ctx.clock() as at')).rows[0]!
        const { rows } = await client.query<Uses & { accountId: string }>(
          `select account_id as "accountId", persons_per_hour as "personsPerHour", persons_per_day as "personsPerDay",
            persons_at_night as "personsAtNight", exports_per_day as "exportsPerDay",
            refusals_per_hour as "refusalsPerHour"
          from ctx.uses_to_watch(ctx.clock(),
            coalesce($1::timestamptz - interval '10 minutes', ctx.clock() - interval '24 hours'), $2)`,
          [looked, exportActs],
        )
        const { rows: young } = await client.query<{ id: string }>(
          'select id from ctx.young_accounts($1, ctx.clock()) y (id)',
          [rows.map(r => r.accountId)],
        )
        const [fresh, smaller] = [new Set(young.map(y => y.id)), youngThresholds(thresholds)]
        const suspect = new Map(
          rows.map(({ accountId, ...uses }) => [
            accountId,
            suspicions(uses, fresh.has(accountId) ? smaller : thresholds),
          ]),
        )
        if (travel) {
          await client.query('select ctx.forget_places(ctx.clock())')
          const { rows: placed } = await client.query<PlacedUse & { accountId: string }>(
            `select account_id as "accountId", at, latitude, longitude
              from ctx.places_to_watch(ctx.clock(),
              coalesce($1::timestamptz - interval '10 minutes', ctx.clock() - interval '24 hours'))`,
            [looked],
          )
          for (const [accountId, uses] of Map.groupBy(placed, use => use.accountId))
            suspect.set(
              accountId,
              [...(suspect.get(accountId) ?? []), impossibleTravel(uses, travel)].filter(said => said !== null),
            )
        }
        // One that cannot be blocked shields none of the others; all are looked at again.
        const failures: unknown[] = []
        for (const [accountId, said] of suspect)
          if (said.length > 0)
            await block(client, accountId, said.join(' '), at).then(
              done => {
                n += Number(done)
              },
              error => failures.push(error),
            )
        const { rows: structures } = await client.query<StructureUses & { organisationId: string }>(
          `select organisation_id as "organisationId", people, persons_per_day as "personsPerDay"
            from ctx.structure_uses_to_watch(ctx.clock(),
            coalesce($1::timestamptz - interval '10 minutes', ctx.clock() - interval '24 hours'))`,
          [looked],
        )
        for (const { organisationId, ...uses } of structures) {
          const why = structureReading(uses, byPerson, thresholds)
          if (why) await alert(client, organisationId, why, at).catch(error => failures.push(error))
        }
        if (failures.length > 0) throw failures[0]
        looked = at
        return n
      })
      if (blocked > 0) logger.warn(`blocked ${blocked} accounts for suspect use`)
    },
  })
}
